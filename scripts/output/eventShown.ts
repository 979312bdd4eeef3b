import type { Event, EventType } from '../../src/domain/event.js';
import { colours } from './terminal.js';
import { offset, timeOfDay } from './times.js';
import { wrap } from './wrap.js';

const paint: Partial<Record<EventType, (text: string) => string>> = {
  declared: (text) => colours.bold(colours.red(text)),
  regressed: colours.red,
  taskFailed: colours.red,
  effectFailed: colours.red,
  phaseBudgetEnded: colours.yellow,
  approvalRequested: colours.yellow,
  procedureAsks: colours.yellow,
  ackForgotten: colours.yellow,
  nobodyToPage: colours.red,
  refused: colours.yellow,
  acknowledged: colours.green,
  mitigated: colours.green,
  resolved: (text) => colours.bold(colours.green(text)),
  closed: colours.bold,
  lookUpBegan: colours.dim,
  rosterSeen: colours.dim,
};

const isBad = (event: Event): boolean =>
  (event.type === 'pageSettled' && (event.status === 'failed' || event.status === 'uncertain')) ||
  (event.type === 'actionEnded' && event.result.status !== 'succeeded');

/** One event as a line of a timeline: time of day, how long after the start, and what it was. `width` in columns. */
export const eventShown = (event: Event, text: string, startedAt: number, width: number): string => {
  const head = `${timeOfDay(event.at)}  ${offset(startedAt, event.at).padStart(8)}`;
  const shown = wrap(text, width - head.length - 2, head.length + 2);
  const coloured = isBad(event) ? colours.red : (paint[event.type] ?? ((plain: string) => plain));
  return `${colours.dim(head)}  ${coloured(shown)}`;
};
