import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Tally } from '../../../src/domain/event.js';
import type { Facts } from '../../../src/domain/facts.js';
import { foldTallies, idsPerTally, notSeen } from '../../../src/domain/intake/tallies.js';
import { alertOf } from '../../support/plan.js';

type Status = 'firing' | 'resolved';
const tally = (dedupKey: string, status: Status = 'firing', facts: Facts = {}): Tally => ({
  alert: alertOf({ dedupKey, status, facts }),
  count: 1,
  lastAt: 0,
  said: { severity: 'P1', type: 'productionOutage', rule: 'r', why: 'w' },
});

/** Of the same kind, each counted once by its sender's id. */
const once = (id: string, dedupKey = 'a', status: Status = 'firing'): Tally => {
  const plain = tally(dedupKey, status);
  return { ...plain, alert: { ...plain.alert, id, once: true } };
};

const idsOf = ({ alert, also = [] }: Tally): string[] => [alert.id, ...also];
const countOf = (tallies: readonly Tally[]): number => tallies.reduce((sum, { count }) => sum + count, 0);

test('an alert that repeats itself is one tally, and a change of its word begins another', () => {
  const folded = foldTallies([tally('a'), tally('a'), tally('b'), tally('a', 'resolved'), tally('a')]);
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

test('an alert that knows more than before is not folded away', () => {
  const folded = foldTallies([tally('a'), tally('a', 'firing', { completeOutage: true }), tally('a')]);

  expect(folded.map(({ alert }) => alert.facts)).toEqual([{}, { completeOutage: true }, {}]);
});

test('alerts that count once by their ids share a tally, and plain ones have another', () => {
  const folded = foldTallies([tally('a'), once('k-1'), once('k-1'), once('k-2'), tally('a')]);

  expect(folded.map(({ count }) => count)).toEqual([2, 2]);
  expect(folded.map(({ also }) => also)).toEqual([undefined, ['k-2']]);
});

test('what a crisis has heard under such an id before is not news, and what shares its tally is', () => {
  const [heard, both, unkeyed] = [once('k-1'), ...foldTallies([once('k-1'), once('k-2'), once('k-3')]), tally('a')];
  const { fresh, ids } = notSeen([heard, both, unkeyed!], new Set(['k-1']));

  expect(fresh.map(idsOf)).toEqual([['k-2', 'k-3'], idsOf(unkeyed!)]);
  expect(fresh.map(({ count }) => count)).toEqual([2, 1]);
  expect(ids).toEqual(['k-2', 'k-3']);
});

const anyTally = fc.oneof(
  fc
    .record({ key: fc.constantFrom('a', 'b'), status: fc.constantFrom<Status[]>('firing', 'resolved') })
    .map(({ key, status }) => tally(key, status)),
  fc
    .record({
      id: fc.integer({ max: 40, min: 0 }),
      key: fc.constantFrom('a', 'b'),
      status: fc.constantFrom<Status[]>('firing', 'resolved'),
    })
    .map(({ id, key, status }) => once(`k-${key}-${status}-${id}`, key, status)),
);
const lastWords = (tallies: readonly Tally[]): Record<string, Status> =>
  Object.fromEntries(tallies.map(({ alert }) => [alert.dedupKey, alert.status]));

test('in whatever portions alerts come, folded once or twice, and in part again: each counts, and once', () => {
  fc.assert(
    fc.property(fc.array(fc.array(anyTally, { maxLength: 30 }), { maxLength: 8 }), fc.nat(), (portions, again) => {
      const all = portions.flat();
      const plain = all.filter(({ alert }) => !alert.once).length;
      const different = new Set(all.filter(({ alert }) => alert.once).map(({ alert }) => alert.id)).size;
      const folded = portions.map((portion) => foldTallies(portion));
      const repeated = (folded[again % Math.max(1, folded.length)] ?? []).filter(({ alert }) => alert.once);

      const known = new Set<string>();
      let counted = 0;
      for (const tallies of [foldTallies(folded.flat()), repeated]) {
        const { fresh, ids } = notSeen(tallies, known);
        for (const id of ids) known.add(id);
        counted += countOf(fresh);
      }
      expect(counted).toBe(plain + different);
    }),
  );
});

test('the last word of each alert stays the last, however they are folded', () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyTally, { maxLength: 30, selector: ({ alert }) => alert }), (tallies) => {
      const { fresh } = notSeen(tallies);
      expect(lastWords(foldTallies(tallies))).toEqual(lastWords(fresh));
    }),
  );
});

test('a tally names no more alerts than its message can well carry', () => {
  const folded = foldTallies(Array.from({ length: 2 * idsPerTally + 1 }, (_, i) => once(`k-${i}`)));

  expect(folded.map(({ count }) => count)).toEqual([idsPerTally, idsPerTally, 1]);
});
