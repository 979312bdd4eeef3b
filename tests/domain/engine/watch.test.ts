import { expect, test } from '@jest/globals';
import { watch } from '../../../src/playbooks/watch.js';
import { productionOutage } from '../../../src/playbooks/productionOutage.js';
import { at, night } from '../../support/night.js';
import { alertOf, declared, hour, minute, threeInTheMorning } from '../../support/plan.js';

const plan = { playbook: watch, promotesTo: productionOutage };
const declaration = declared({ minorFeatureIssue: true }, { crisisType: 'watch' });
const failing = { rollback: { status: 'failed' as const }, scale: { status: 'failed' as const } };

test('a watch tells the team and rings nobody, however long it lasts', () => {
  const { calls, eventsOf } = night({ plan, declaration, untilMs: 30 * hour });

  expect(calls()).toEqual([]);
  expect(eventsOf('told').map(({ audience, occasion }) => [audience, occasion])).toEqual([['engineering', 'start']]);
  expect(eventsOf('managementTold')).toEqual([]);
  expect(eventsOf('phaseBudgetEnded').length).toBeGreaterThan(1);
});

test('a person promotes it, and the clocks run from that moment', () => {
  const { crisis, calls, eventsOf } = night({
    plan,
    declaration,
    actions: failing,
    script: [at(hour, 'promote', { by: 'ana' })],
    untilMs: hour + minute,
  });

  expect(crisis).toMatchObject({ type: 'productionOutage', classification: { severity: 'P1' } });
  expect(crisis.declaredAt).toBe(threeInTheMorning + hour);
  expect(calls()[0]?.slice(1)).toEqual(['ana']);
  expect(eventsOf('stepTaken')[0]?.late).toBeUndefined();
});

test('worse facts promote it, and time does where the plan says so', () => {
  const alert = alertOf({ facts: { completeOutage: true }, receivedAt: threeInTheMorning + minute });
  const byFacts = night({
    plan,
    declaration,
    actions: failing,
    script: [at(minute, 'alert', { by: 'intake', tallies: [{ alert, count: 1, lastAt: alert.receivedAt }] })],
    untilMs: 2 * minute,
  });
  const byTime = night({ plan: { ...plan, raiseAfterMs: { P2: 4 * hour } }, declaration, untilMs: 4 * hour + minute });

  expect(byFacts.crisis.classification.severity).toBe('P0');
  expect(byTime.crisis).toMatchObject({ type: 'productionOutage', classification: { severity: 'P1' } });
});

test('whoever acknowledged the watch has not yet answered the crisis', () => {
  const { crisis, calls } = night({
    plan,
    declaration,
    script: [at(minute, 'acknowledge', { by: 'ana' }), at(hour, 'promote', { by: 'ben' })],
    untilMs: hour + 30 * minute,
  });

  // The rollback has helped, but a machine's success does not silence the phones.
  expect(crisis.status).toBe('mitigated');
  expect(calls().length).toBeGreaterThan(2);
});

test('what is over is not promoted by judging it anew', () => {
  const { crisis } = night({
    plan,
    declaration,
    script: [
      at(minute, 'resolve', { by: 'ana', reason: 'fixed' }),
      at(2 * minute, 'assess', { by: 'ana', facts: { completeOutage: true } }),
    ],
    untilMs: 3 * minute,
  });

  expect(crisis).toMatchObject({ type: 'watch', status: 'resolved' });
});

test('what is learnt of a watch after it was resolved wakes nobody', () => {
  const { crisis, calls } = night({
    plan,
    declaration,
    script: [
      at(minute, 'resolve', { by: 'ana', reason: 'a cache was full' }),
      at(2 * minute, 'assess', { by: 'ana', facts: { completeOutage: true } }),
    ],
    untilMs: 10 * minute,
  });

  expect(crisis).toMatchObject({ status: 'resolved', quiet: true, classification: { severity: 'P0' } });
  expect(calls()).toEqual([]);
});
