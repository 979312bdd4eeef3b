import { expect, test } from '@jest/globals';
import type { Tally } from '../../../src/domain/event.js';
import { firstParts, foldParcels, foldTallies, notSeen } from '../../../src/domain/intake/parcel.js';
import type { Severity } from '../../../src/domain/severity.js';
import { alertOf } from '../../support/plan.js';

const tally = (dedupKey: string, severity: Severity = 'P1', status: 'firing' | 'resolved' = 'firing'): Tally => ({
  alert: alertOf({ dedupKey, status }),
  count: 1,
  lastAt: 0,
  said: { severity, type: 'productionOutage', rule: 'r', why: 'w' },
});

test('an alert that repeats itself is one tally, and a change of its word begins another', () => {
  const folded = foldTallies([tally('a'), tally('a'), tally('b'), tally('a', 'P1', 'resolved'), tally('a')]);
  expect(folded.map(({ alert, count }) => [alert.dedupKey, alert.status, count])).toEqual([
    ['a', 'firing', 2],
    ['b', 'firing', 1],
    ['a', 'resolved', 1],
    ['a', 'firing', 1],
  ]);
});

test('the same alert under two causes is two tallies', () => {
  expect(
    foldTallies([
      { ...tally('a'), cause: 'x' },
      { ...tally('a'), cause: 'y' },
    ]),
  ).toHaveLength(2);
});

test('parcels of one crisis become one, and the worst crisis comes first', () => {
  const folded = foldParcels([
    { id: '1', key: 'slow', tallies: [tally('a')] },
    { id: '2', key: 'down', tallies: [tally('b', 'P0')] },
    { id: '3', key: 'slow', tallies: [tally('a')], under: 'umbrella:region-eu' },
  ]);
  expect(folded.map(({ id, key, under, tallies }) => [id, key, under, tallies[0]?.count])).toEqual([
    ['2', 'down', undefined, 1],
    ['1', 'slow', 'umbrella:region-eu', 2],
  ]);
});

const once = (id: string): Tally => ({ ...tally('a'), alert: { ...alertOf({ dedupKey: 'a' }), id, once: true } });

test('an alert that comes again under its sender’s own id counts once, and keeps a tally of its own', () => {
  const folded = foldTallies([tally('a'), once('k-1'), once('k-1'), once('k-2'), tally('a')]);
  expect(folded.map(({ count }) => count)).toEqual([1, 1, 2]);
});

test('what a crisis has heard under such an id before is not news', () => {
  const [again, first, unkeyed] = [once('k-1'), once('k-2'), tally('a')];
  const { fresh, ids } = notSeen([again, first, unkeyed], new Set(['k-1']));
  expect(fresh).toEqual([first, unkeyed]);
  expect(ids).toEqual(['k-2']);
});

test('more than a crisis can take at once goes to it in parts, each under an id of its own, and none is left out', () => {
  const tallies = Array.from({ length: 2_300 }, (_, i) => once(`k-${i}`));
  let waiting = [{ id: '1', key: 'storm', tallies: tallies as readonly Tally[] }];
  const placed: typeof waiting = [];
  while (waiting.length > 0) {
    const [first, rest] = firstParts(foldParcels(waiting));
    placed.push(...(first as typeof waiting));
    waiting = rest;
  }

  expect(placed.flatMap((parcel) => parcel.tallies.map(({ alert }) => alert.id))).toEqual(
    tallies.map(({ alert }) => alert.id),
  );
  expect(Math.max(...placed.map((parcel) => parcel.tallies.length))).toBeLessThanOrEqual(500);
  expect(new Set(placed.map(({ id }) => id)).size).toBe(placed.length);
});

test('the id of a part stays one that a crisis takes, however long the storm', () => {
  const backlog = Array.from({ length: 501 }, (_, i) => once(`k-${i}`));
  let id = '01KB0000000000000000000000';
  const ids = new Set([id]);
  for (let round = 0; round < 1_000; round++) {
    const [, rest] = firstParts([{ id, key: 'storm', tallies: backlog }]);
    id = rest[0]?.id ?? '';
    ids.add(id);
  }

  expect(ids.size).toBe(1_001);
  expect(Math.max(...[...ids].map(({ length }) => length))).toBeLessThanOrEqual(200);
});
