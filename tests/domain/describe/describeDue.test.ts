import { expect, test } from '@jest/globals';
import { describeDue } from '../../../src/domain/describe/describeDue.js';
import { namesOf } from '../../../src/domain/describe/names.js';
import type { Due } from '../../../src/domain/due.js';
import { crisisOf, plan } from './crisis.js';
import { at, declared, everyEvent } from './timeline.js';

const dues: { readonly [What in Due['what']]: Extract<Due, { what: What }> } = {
  pageStep: { at: at(2), what: 'pageStep', engagement: 'response', step: 2 },
  repeatPaging: { at: at(10), what: 'repeatPaging', engagement: 'response', round: 1 },
  engageRung: { at: at(60), what: 'engageRung', rung: 'engineering-manager' },
  phaseBudget: { at: at(5), what: 'phaseBudget', phase: 0, repeat: 0 },
  forgottenAck: { at: at(15), what: 'forgottenAck' },
  approvalLapses: { at: at(15), what: 'approvalLapses', request: 'C-1/approval/12' },
  stepBaked: { at: at(6), what: 'stepBaked', procedure: 'deployFix', step: 0 },
  updateReminder: { at: at(17), what: 'updateReminder', promisedAt: at(20) },
  update: { at: at(20), what: 'update', promisedAt: at(20) },
  raiseSeverity: { at: at(120), what: 'raiseSeverity', to: 'P0' },
  alertSteady: { at: at(30), what: 'alertSteady', dedupKey: 'Slow' },
  deadlineReminder: { at: at(24), what: 'deadlineReminder', obligation: 'gdpr-authority', dueAt: at(72) },
  deadlineOverdue: {
    at: at(72),
    what: 'deadlineOverdue',
    obligation: 'gdpr-authority',
    dueAt: at(72),
    times: 1,
    rung: 'cto',
  },
  regressionWatchEnds: { at: at(39), what: 'regressionWatchEnds' },
};
const crisis = crisisOf([declared, everyEvent.engagementOpened]);

test.each(Object.entries(dues))('says what %s will do, with and without names', (_what, due) => {
  for (const names of [{}, namesOf(crisis, plan)]) {
    expect(describeDue(due, names)).toMatch(/^[a-z].{8,}/);
    expect(describeDue(due, names)).not.toMatch(/undefined|NaN|\n/);
  }
});

test('names the seat and the person whom the next step will page', () => {
  expect(describeDue(dues.pageStep, namesOf(crisis, plan))).toBe(
    'page the secondary (Ben), third step for the response',
  );
});

test('names the rung, the phase and the procedure', () => {
  const names = namesOf(crisis, plan);
  expect(describeDue(dues.engageRung, names)).toBe('page the Engineering Manager');
  expect(describeDue(dues.phaseBudget, names)).toBe('end the time of phase 1 (Immediate response (0-5 minutes))');
  expect(describeDue(dues.stepBaked, names)).toBe('verify the first step of Staged deployment of the fix');
});

test('is true in every zone, and after an answer', () => {
  const names = namesOf(crisis, plan);
  expect(describeDue(dues.updateReminder, names)).toBe(
    'remind the Communication Lead of the update that is due 3m later',
  );
  expect(describeDue(dues.repeatPaging, names)).toBe(
    'page for the response again from the first step, if nobody has answered by then',
  );
});
