import { spoken } from '../duration.js';
import type { ActionPurpose, EventOf, RunContext } from '../event.js';
import type { Sayings } from './sayings.js';
import { actor, because, called, clock, counted, oneLine, ordinal, personCalled, type Names } from './words.js';

type Acting =
  | 'procedureStarted'
  | 'actionStarted'
  | 'actionEnded'
  | 'stepSkipped'
  | 'stepBaking'
  | 'stepVerified'
  | 'stepAgain'
  | 'procedureAsks'
  | 'procedureEnded'
  | 'approvalRequested'
  | 'glassBroken'
  | 'approved'
  | 'rejected'
  | 'approvalLapsed'
  | 'monitoringOn'
  | 'monitoringOff';

const purposes: Record<ActionPurpose, string> = { do: '', verify: ' to verify', undo: ' to take it back' };
const doings: Record<ActionPurpose, string> = { do: '', verify: 'Verifying with ', undo: 'Taking it back with ' };

const within = (context: RunContext, names: Names): string => {
  switch (context.as) {
    case 'procedure':
      return ` (${stepOf(names, context.procedure, context.step)})`;
    case 'task':
      return ` (for "${called(names, 'task', context.task)}")`;
    case 'monitoring':
      return ' (enhanced monitoring)';
    case 'request':
    case 'announcement':
      return '';
  }
};

const whatIsAsked = ({ action, context, parameters }: EventOf<'approvalRequested'>, names: Names): string =>
  context.as === 'announcement'
    ? `tell ${oneLine(String(parameters['audience']), 60)} “${oneLine(String(parameters['text']), 300)}”`
    : `run ${called(names, 'action', action)}`;

const stepOf = (names: Names, procedure: string, step: number): string =>
  `${ordinal(step)} step of ${called(names, 'procedure', procedure)}`;
const StepOf = (names: Names, procedure: string, step: number): string => `The ${stepOf(names, procedure, step)}`;

/** What is done to systems, and by whose authority. */
export const acting: Sayings<Acting> = {
  procedureStarted: (e, names) => `${personCalled(names, e.by)} started ${called(names, 'procedure', e.procedure)}.`,
  actionStarted: (e, names) =>
    `${personCalled(names, e.by)} runs ${called(names, 'action', e.action)}${purposes[e.purpose]}${within(e.context, names)}; authority: ${oneLine(e.authority)}.`,
  actionEnded: (e, names) => {
    const { status, summary, startedAt, endedAt } = e.result;
    const ended = status === 'uncertain' ? 'ended, and nobody can say whether it took effect,' : status;
    return `${doings[e.purpose]}${called(names, 'action', e.action)} ${ended} after ${spoken(endedAt - startedAt)}${because(summary)}.`;
  },
  stepSkipped: (e, names) => `${StepOf(names, e.procedure, e.step)} was passed over${because(e.reason)}.`,
  stepBaking: (e, names) => `${StepOf(names, e.procedure, e.step)} must now hold until ${clock(e.until)}.`,
  stepVerified: (e, names) =>
    `${StepOf(names, e.procedure, e.step)} ${e.ok ? 'is verified' : 'did not help'}${because(e.reason)}.`,
  stepAgain: (e, names) => {
    const cost =
      e.lostMs === undefined
        ? ''
        : `; it costs ${spoken(e.costsMs ?? 0)} more of what was written, ${spoken(e.lostMs)} in all`;
    return `${StepOf(names, e.procedure, e.step)} failed${because(e.reason)}. Back to the ${ordinal(e.to)} step with ${oneLine(e.parameter)} = ${e.value}${cost}.`;
  },
  procedureAsks: (e, names) => `${StepOf(names, e.procedure, e.step)} needs a person to decide${because(e.question)}.`,
  procedureEnded: (e, names) => `${called(names, 'procedure', e.procedure)} ${e.outcome}${because(e.reason)}.`,
  approvalRequested: (e, names) =>
    `${actor(names, e)} asks to ${whatIsAsked(e, names)}${because(e.reason)}; it needs ${counted(e.needs, 'approval')} before ${clock(e.lapsesAt)} (request ${oneLine(e.request, 100)}).`,
  glassBroken: (e, names) =>
    `${actor(names, e)} broke the glass to run ${called(names, 'action', e.action)} without the approvals it needs${because(e.reason)}.`,
  approved: (e, names) =>
    e.glass === undefined
      ? `${actor(names, e)} approved request ${oneLine(e.request, 100)}.`
      : `${actor(names, e)} approved request ${oneLine(e.request, 100)} alone, by breaking the glass.`,
  rejected: (e, names) => `${actor(names, e)} rejected request ${oneLine(e.request, 100)}${because(e.reason)}.`,
  approvalLapsed: (e) => `Request ${oneLine(e.request, 100)} lapsed without enough approvals.`,
  monitoringOn: (e) =>
    `Enhanced monitoring is on${e.probes.length > 0 ? `, with faster checks of ${oneLine(e.probes.join(', '))}` : ''}.`,
  monitoringOff: () => 'Enhanced monitoring is off again.',
};
