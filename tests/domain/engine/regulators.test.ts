import { expect, test } from '@jest/globals';
import { obligationsOf } from '../../../src/domain/regulatory/obligations.js';
import { securityIncident } from '../../../src/playbooks/securityIncident.js';
import { at, night } from '../../support/night.js';
import { hour, minute, threeInTheMorning } from '../../support/plan.js';

const iso = (afterMs: number): string => new Date(threeInTheMorning + afterMs).toISOString();
const plan = {
  playbook: { ...securityIncident, regressionWatchMs: hour },
  regulatory: { zone: 'UTC', obligations: obligationsOf(['GDPR']) },
};
const aware = at(2 * minute, 'mark', { by: 'ana', anchor: 'aware', at: iso(minute) });
const acknowledged = at(minute, 'acknowledge', { by: 'ana' });
const resolved = at(30 * minute, 'resolve', { by: 'ana', reason: 'thrown out' });
const dueAt = threeInTheMorning + minute + 72 * hour;
const filed = (afterMs: number, more: object = {}) =>
  at(afterMs, 'file', { by: 'ana', obligation: 'gdpr-authority', reference: 'LDA-1077', ...more });

test('a mark starts the clock of its regulator, and those who file are reminded before it is due', () => {
  const { crisis, eventsOf, effects } = night({ plan, script: [acknowledged, aware], untilMs: 71 * hour });

  expect(crisis.regulatory?.deadlines).toEqual([
    expect.objectContaining({ obligation: 'gdpr-authority', dueAt, why: expect.stringContaining('GDPR Art. 33') }),
  ]);
  expect(eventsOf('deadlineReminded').map(({ at: when }) => dueAt - when)).toEqual([48 * hour, 24 * hour, 6 * hour]);
  const told = effects.flatMap(({ effect }) => (effect.kind === 'tell' ? [effect] : []));
  expect(told.find(({ audienceId }) => audienceId === 'deadline:gdpr-authority')?.fields.asked).toContain('is due at');
});

test('an overdue filing pages the CTO, then the CEO, also when the crisis is resolved, until somebody files', () => {
  const late = filed(78 * hour, { reason: 'counsel was ill' });
  const tonight = night({ plan, script: [acknowledged, aware, resolved, late], untilMs: 80 * hour });

  expect(tonight.eventsOf('deadlineOverdue').map(({ rung }) => rung)).toEqual(['cto', 'ceo']);
  const [first] = tonight
    .pagesTo('carl')
    .map((page) => page.at - dueAt)
    .filter((afterMs) => afterMs >= 0);
  // Looking up who is on call takes a moment.
  expect(first).toBeLessThan(1_000);
  expect(tonight.pagesTo('eve').length).toBeGreaterThan(0);
  expect(tonight.eventsOf('filed')).toEqual([
    expect.objectContaining({ filing: expect.objectContaining({ reference: 'LDA-1077', lateMs: expect.any(Number) }) }),
  ]);
});

test('whoever is paged for an overdue filing can answer though the crisis is resolved, and is left alone', () => {
  const answer = at(72 * hour + 2 * minute, 'acknowledge', { by: 'carl' });
  const tonight = night({ plan, script: [acknowledged, aware, resolved, answer], untilMs: 75 * hour });

  expect(tonight.refusals()).toEqual([]);
  expect(tonight.crisis).toMatchObject({ status: 'resolved' });
  expect(tonight.crisis.engagements['deadline:gdpr-authority']).toMatchObject({ answeredBy: 'carl' });
});

test('a crisis closes only when regulators have been answered; its regression watch ends in time all the same', () => {
  const tonight = night({ plan, script: [acknowledged, aware, resolved, filed(3 * hour)], untilMs: 4 * hour });

  const [ended] = tonight.eventsOf('watchEnded');
  expect(ended).toMatchObject({ at: threeInTheMorning + 90 * minute, waitsFor: ['gdpr-authority'] });
  expect(tonight.eventsOf('closed').map(({ at: when }) => when)).toEqual([threeInTheMorning + 3 * hour]);
});

test('nobody is stood down while a regulator waits, and what need not be filed is said so with the reason', () => {
  const standDown = (afterMs: number) => at(afterMs, 'standDown', { by: 'ana', reason: 'a false alarm' });
  const not = at(20 * minute, 'file', {
    by: 'ana',
    obligation: 'gdpr-authority',
    outcome: 'notRequired',
    reason: 'no personal data',
  });
  const tonight = night({ plan, script: [aware, standDown(10 * minute), not, standDown(30 * minute)], untilMs: hour });

  expect(tonight.refusals()).toEqual([expect.stringContaining('regulators wait for gdpr-authority')]);
  expect(tonight.crisis.status).toBe('closed');
});

test('a moment to come, an unknown obligation and a filing without a reference are refused by their field', () => {
  const script = [
    at(minute, 'mark', { by: 'ana', anchor: 'aware', at: iso(hour) }),
    at(2 * minute, 'file', { by: 'ana', obligation: 'gdpr', reference: 'x' }),
    at(3 * minute, 'file', { by: 'ana', obligation: 'gdpr-authority' }),
  ];

  expect(night({ plan, script, untilMs: hour }).refusals()).toEqual([
    expect.stringMatching(/^cannot mark: at: expected a moment that has passed/),
    expect.stringMatching(/^cannot file: obligation: expected one of gdpr-authority/),
    expect.stringMatching(/^cannot file: reference: expected/),
  ]);
});
