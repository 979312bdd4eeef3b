import { expect, test } from '@jest/globals';
import { hours, minutes } from '../../src/domain/duration.js';
import { PagingPolicy, Rung } from '../../src/domain/paging.js';
import { Cadence, Telling } from '../../src/domain/telling.js';
import { defaultRungs } from '../../src/playbooks/ladder.js';
import { defaultPolicies } from '../../src/playbooks/policies.js';
import { defaultCadence, defaultTellings } from '../../src/playbooks/tellings.js';

test('everything is as the configuration would have it', () => {
  for (const policy of Object.values(defaultPolicies)) expect(PagingPolicy.parse(policy)).toEqual(policy);
  for (const rung of defaultRungs) expect(Rung.parse({ ...rung, people: ['dia'] })).toMatchObject(rung);
  for (const telling of defaultTellings) expect(Telling.parse(telling)).toEqual(telling);
  expect(Cadence.parse(defaultCadence)).toEqual(defaultCadence);
});

test('P0 asks primary, primary again, secondary and everyone inside the five minutes promised, then the manager', () => {
  expect(defaultPolicies.P0.steps).toEqual([
    { afterMs: 0, targets: ['primary'] },
    { afterMs: minutes(1), targets: ['primary'] },
    { afterMs: minutes(2), targets: ['secondary'] },
    { afterMs: minutes(4), targets: ['rotation', 'commander'] },
    { afterMs: minutes(5), targets: ['rung:engineering-manager'] },
  ]);
  expect(defaultPolicies.P0).toMatchObject({ repeatAfterMs: minutes(5), forgottenAfterMs: minutes(15) });
});

test('P1 asks at 0, 5 and 10 minutes', () => {
  expect(defaultPolicies.P1.steps.map(({ afterMs }) => afterMs)).toEqual([0, minutes(5), minutes(10)]);
});

test('no phone rings for P2 and P3', () => {
  expect([defaultPolicies.P2.steps, defaultPolicies.P3.steps]).toEqual([[], []]);
});

test('no policy falls silent: each repeats', () => {
  for (const { repeatAfterMs } of Object.values(defaultPolicies)) expect(repeatAfterMs).toBeGreaterThan(0);
});

test('management is engaged as the seed says', () => {
  expect(defaultRungs).toEqual([
    { id: 'engineering-manager', title: 'Engineering Manager', engageAfterMs: hours(1), engageOn: [] },
    { id: 'vp-engineering', title: 'VP Engineering', engageAfterMs: hours(4), engageOn: ['highImpact'] },
    { id: 'cto', title: 'CTO', engageOn: ['securityBreach', 'regulatory', 'legalViolation'] },
    { id: 'ceo', title: 'CEO', engageOn: ['publicAttention', 'majorBusinessImpact'] },
  ]);
});

test('customers, management and engineers hear at the start, on change and at the end of what is serious', () => {
  for (const audience of ['engineering', 'management', 'customers', 'everyone']) {
    const telling = defaultTellings.find((one) => one.audience === audience && one.severities.includes('P0'));
    expect(telling?.on).toEqual(expect.arrayContaining(['start', 'change', 'end']));
  }
});

test('of a P2 only the team hears', () => {
  const heard = defaultTellings.filter(({ severities }) => severities.includes('P2'));
  expect(heard.map(({ audience }) => audience)).toEqual(['engineering']);
});
