import { describe } from '../describe/describe.js';
import type { Names } from '../describe/words.js';
import type { Crisis } from '../crisis.js';
import type { Event, EventType } from '../event.js';

/** What a reader of a rehearsal asks for: the alarm, the phones, the budgets, management, the words, the deeds, the end. */
export const strands = ['alert', 'page', 'budget', 'management', 'message', 'procedure', 'people', 'state'] as const;
export type Strand = (typeof strands)[number];

const strandOf: Partial<Record<EventType, Strand>> = {
  declared: 'alert',
  alerted: 'alert',
  alertsCleared: 'alert',
  regressed: 'state',
  reclassified: 'state',
  promoted: 'state',
  mitigated: 'state',
  resolved: 'state',
  reopened: 'state',
  stoodDown: 'state',
  closed: 'state',
  paged: 'page',
  nobodyToPage: 'page',
  roundEnded: 'page',
  ackForgotten: 'page',
  phaseBudgetEnded: 'budget',
  managementTold: 'management',
  told: 'message',
  updateReminded: 'message',
  procedureStarted: 'procedure',
  actionEnded: 'procedure',
  stepSkipped: 'procedure',
  procedureAsks: 'procedure',
  procedureEnded: 'procedure',
  approvalRequested: 'procedure',
  approved: 'procedure',
  rejected: 'procedure',
  approvalLapsed: 'procedure',
  acknowledged: 'people',
  declined: 'people',
  escalated: 'people',
  assessed: 'people',
  noted: 'people',
  evidenceKept: 'procedure',
  assigned: 'people',
  refused: 'people',
};

/** One line of what would happen; `afterMs` counts from the declaration. */
export type Told = { afterMs: number; strand: Strand; text: string };

const strandIn = (event: Event): Strand | undefined => {
  if (event.type === 'paged' && event.engagement.startsWith('rung:')) return 'management';
  // What goes well is no news; a page that does not get through is.
  if (event.type === 'pageSettled')
    return event.status === 'failed' || event.status === 'uncertain' ? 'page' : undefined;
  return strandOf[event.type];
};

/** The course of a crisis in the lines that matter, in order. */
export const tellCourse = (crisis: Pick<Crisis, 'declaredAt'>, events: readonly Event[], names: Names): Told[] =>
  events.flatMap((event) => {
    const strand = strandIn(event);
    return strand ? [{ afterMs: event.at - crisis.declaredAt, strand, text: describe(event, names) }] : [];
  });
