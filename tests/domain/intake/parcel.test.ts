import { expect, test } from '@jest/globals';
import type { Tally } from '../../../src/domain/event.js';
import { firstParts, foldParcels, notBehind } from '../../../src/domain/intake/parcel.js';
import type { Severity } from '../../../src/domain/severity.js';
import { alertOf } from '../../support/plan.js';

const tally = (dedupKey: string, severity: Severity = 'P1', status: 'firing' | 'resolved' = 'firing'): Tally => ({
  alert: alertOf({ dedupKey, status }),
  count: 1,
  lastAt: 0,
  said: { severity, type: 'productionOutage', rule: 'r', why: 'w' },
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

test('more than a crisis can take at once goes to it in parts, each under an id of its own, and none is left out', () => {
  const tallies = Array.from({ length: 2_300 }, (_, i) => tally(`disk-${i}`));
  let waiting = [{ id: '1', key: 'storm', tallies: tallies as readonly Tally[] }];
  const placed: typeof waiting = [];
  while (waiting.length > 0) {
    const [first, rest] = firstParts(foldParcels(waiting));
    placed.push(...(first as typeof waiting));
    waiting = rest;
  }

  expect(placed.flatMap((parcel) => parcel.tallies.map(({ alert }) => alert.dedupKey))).toEqual(
    tallies.map(({ alert }) => alert.dedupKey),
  );
  expect(Math.max(...placed.map((parcel) => parcel.tallies.length))).toBeLessThanOrEqual(500);
  expect(new Set(placed.map(({ id }) => id)).size).toBe(placed.length);
});

test('the id of a part stays one that a crisis takes, however long the storm', () => {
  const backlog = Array.from({ length: 501 }, (_, i) => tally(`disk-${i}`));
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

test('what comes for a crisis that had no room waits behind what came before, and the others do not', () => {
  const parcel = (id: string, key: string) => ({ id, key, tallies: [tally('a')] });
  const [free, behind] = notBehind([parcel('1', 'full')], [parcel('2', 'full'), parcel('3', 'free')]);

  expect(free.map(({ id }) => id)).toEqual(['3']);
  expect(behind.map(({ id }) => id)).toEqual(['2']);
});
