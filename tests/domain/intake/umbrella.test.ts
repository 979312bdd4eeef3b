import { expect, test } from '@jest/globals';
import {
  correlationOf,
  correlationsOf,
  createGathering,
  umbrellaKey,
  type Correlation,
} from '../../../src/domain/intake/umbrella.js';
import { alertOf, minute } from '../../support/plan.js';
import { settingsFor } from '../../support/settings.js';

const rule = { moreThan: 3, withinMs: minute };
const region: Correlation = { kind: 'region', value: 'eu-1' };
const owner: Correlation = { kind: 'owner', value: 'checkout' };

test('an alert says by its labels, its service and its facts what it has in common with others', () => {
  const settings = settingsFor({
    smtp: 25,
    more: { services: { shop: { team: 'checkout', dependsOn: ['db'] }, db: { team: 'checkout' } } },
  });
  const alert = alertOf({ service: 'shop', labels: { region: 'EU 1' }, facts: { regions: ['us'] } });
  expect(correlationsOf(alert, settings).map(umbrellaKey)).toEqual([
    'umbrella:region-eu-1',
    'umbrella:region-us',
    'umbrella:dependency-db',
    'umbrella:dependency-shop',
    'umbrella:owner-checkout',
  ]);
});

test('a key says what its causes share; the key of an ordinary crisis says nothing', () => {
  expect(correlationOf(umbrellaKey(region))).toEqual(region);
  expect(correlationOf('shop')).toBeUndefined();
});

test('more new causes than allowed within the window belong together, and those before them are named', () => {
  const gathering = createGathering();
  for (const cause of ['a', 'b', 'c']) expect(gathering.add(cause, [region], 0, rule)).toBeUndefined();
  expect(gathering.add('d', [region], minute - 1, rule)).toEqual({ correlation: region, earlier: ['a', 'b', 'c'] });
});

test('the same cause again is no new one, and what is past the window is forgotten', () => {
  const gathering = createGathering();
  for (const at of [0, 1, 2, 3, 4]) expect(gathering.add('a', [region], at, rule)).toBeUndefined();
  for (const cause of ['b', 'c']) expect(gathering.add(cause, [region], 5, rule)).toBeUndefined();
  expect(gathering.add('d', [region], minute + 1, rule)).toBeUndefined();
});

test('of several correlations the most telling one holds', () => {
  const gathering = createGathering();
  for (const cause of ['a', 'b', 'c']) gathering.add(cause, [region, owner], 0, rule);
  expect(gathering.add('d', [region, owner], 0, rule)?.correlation).toEqual(region);
  expect(gathering.add('e', [{ kind: 'region', value: 'us' }, owner], 0, rule)?.correlation).toEqual(owner);
});
