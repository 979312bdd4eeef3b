import type { Due } from '../due.js';
import { reclassify, rearm } from './alerts.js';
import { firebreak, record, type Decision } from './decision.js';
import { endRegressionWatch } from './ending.js';
import { takeItsWord } from './flapping.js';
import { lastsTooLong } from './management.js';
import { takeDueStep } from './paging.js';
import { endBudget } from './phases.js';
import { verify, withoutApproval } from './procedures.js';
import { escalateDeadline, remindOfDeadline } from './regulators.js';
import { tell, tellPeople } from './telling.js';

/** What a clock does when its time has come. */
export const strike = (d: Decision, due: Due): void => {
  switch (due.what) {
    case 'pageStep':
      return takeDueStep(d, due.engagement);
    case 'repeatPaging':
      record(d, { type: 'roundEnded', engagement: due.engagement, round: due.round });
      return takeDueStep(d, due.engagement);
    case 'engageRung':
      return lastsTooLong(d, due.rung);
    case 'phaseBudget':
      return endBudget(d, due.phase, due.repeat);
    case 'forgottenAck': {
      const idleMs = d.at - d.crisis.lastActedAt;
      record(d, { type: 'ackForgotten', idleMs });
      return rearm(d, `${d.crisis.acknowledgedBy ?? 'somebody'} has acknowledged it, and nobody has acted since`);
    }
    case 'approvalLapses':
      record(d, { type: 'approvalLapsed', request: due.request });
      return withoutApproval(d, due.request, 'the approval did not come in time');
    case 'stepBaked':
      return verify(d, due.procedure);
    case 'updateReminder':
      return remind(d, due.promisedAt);
    case 'update':
      return tell(d, 'update');
    case 'raiseSeverity':
      return reclassify(
        d,
        {
          ...d.crisis.classification,
          severity: due.to,
          rule: 'unresolved-too-long',
          why: `${d.crisis.classification.why}; unresolved for too long`,
        },
        firebreak,
      );
    case 'alertSteady':
      return takeItsWord(d, due.dedupKey);
    case 'deadlineReminder':
      return remindOfDeadline(d, due);
    case 'deadlineOverdue':
      return escalateDeadline(d, due);
    case 'regressionWatchEnds':
      return endRegressionWatch(d);
  }
};

/** Whoever answers for communication hears before the promise is due; without an answer the update goes out by itself. */
const remind = (d: Decision, promisedAt: number): void => {
  record(d, { type: 'updateReminded', promisedAt });
  // We were away: the update itself goes out now.
  if (promisedAt <= d.at) return;
  const person = d.crisis.roles['communication-lead'] ?? d.crisis.roles['incident-commander'];
  if (person === undefined) return;
  const asked = 'An update is promised. Announce it in your own words, or it goes out by itself at that time.';
  tellPeople(d, {
    template: 'status-update',
    audienceId: `person:${person}`,
    title: person,
    people: [person],
    occasion: 'update',
    asked,
  });
};
