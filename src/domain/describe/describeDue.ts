import type { Due } from '../due.js';
import { spoken } from '../duration.js';
import { called, engagementCalled, oneLine, ordinal, type Names } from './words.js';

const repeats = (count: number): string => (count > 0 ? ` (${count + 1} times now)` : '');

/** What the clocks will do, in words that follow "next:": `page the secondary (Ben), second step for the response`. */
export const describeDue = (due: Due, names: Names = {}): string => {
  switch (due.what) {
    case 'pageStep': {
      const key = `step:${due.engagement}:${due.step}`;
      const whom = Object.hasOwn(names, key) ? oneLine(names[key] ?? '') : 'the next in line';
      return `page ${whom}, ${ordinal(due.step)} step for ${engagementCalled(names, due.engagement)}`;
    }
    case 'repeatPaging':
      return `page for ${engagementCalled(names, due.engagement)} again from the first step, if nobody has answered by then`;
    case 'engageRung':
      return `page the ${called(names, 'rung', due.rung)}`;
    case 'phaseBudget':
      return due.repeat > 0
        ? `tell management again that it is still unresolved${repeats(due.repeat)}`
        : `end the time of phase ${due.phase + 1} (${called(names, 'phase', String(due.phase))})`;
    case 'forgottenAck':
      return 'page again, if nobody has acted by then';
    case 'approvalLapses':
      return `let request ${oneLine(due.request, 100)} lapse`;
    case 'stepBaked':
      return `verify the ${ordinal(due.step)} step of ${called(names, 'procedure', due.procedure)}`;
    case 'updateReminder':
      // Not by its time of day: readers differ in their zones.
      return `remind the Communication Lead of the update that is due ${spoken(due.promisedAt - due.at)} later`;
    case 'update':
      return 'send the promised update';
    case 'raiseSeverity':
      return `raise the severity to ${due.to}, if it is still unresolved`;
    case 'alertSteady':
      return `take the word of "${oneLine(due.dedupKey, 100)}" again, if it has been steady until then`;
    case 'deadlineReminder':
      return `remind of "${called(names, 'obligation', due.obligation)}"`;
    case 'deadlineOverdue':
      return `escalate "${called(names, 'obligation', due.obligation)}" to the ${called(names, 'rung', due.rung)}, unless it is filed${repeats(due.times)}`;
    case 'regressionWatchEnds':
      return 'end the regression watch and close';
  }
};
