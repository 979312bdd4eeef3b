import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findNewestSound, type Seen } from '../../../../src/runbooks/postgres/wal/search.js';
import { hour } from '../../../support/plan.js';

type Past = { from: number; to: number; damagedAt: number; endsAt?: number };

/** A past in which damage begins at a moment, and how often it was walked through. */
const walksThrough = ({ from, damagedAt, endsAt = Infinity }: Past) => {
  const walks: number[][] = [];
  const begin = () => {
    const visited: number[] = [];
    walks.push(visited);
    let now = from;
    const goTo = (at: number): Promise<Seen> => {
      expect(at).toBeGreaterThan(now);
      now = at;
      visited.push(at);
      if (at >= endsAt) return Promise.resolve({ ended: true, lastAt: endsAt });
      return Promise.resolve(at >= damagedAt ? 'damaged' : 'sound');
    };
    return Promise.resolve({ goTo });
  };
  return { begin, walks };
};

const past = fc
  .record({
    from: fc.integer({ min: 0, max: 1_000 }),
    length: fc.integer({ min: 2, max: 48 * hour }),
    damaged: fc.double({ min: 0, max: 1, noNaN: true }),
    archived: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
  })
  .map(({ from, length, damaged, archived }): Past => {
    const within = (part: number) => from + 1 + Math.floor(part * (length - 1));
    return {
      from,
      to: from + length,
      damagedAt: within(damaged),
      ...(archived !== undefined && { endsAt: within(archived) }),
    };
  });

test('the newest sound moment is found as closely as wanted, by walks that only go forward', async () => {
  await fc.assert(
    fc.asyncProperty(past, fc.integer({ min: 1, max: hour }), async (drawn, preciseToMs) => {
      const { begin, walks } = walksThrough(drawn);
      const found = await findNewestSound(begin, { ...drawn, preciseToMs });
      const newest = Math.min(drawn.damagedAt, drawn.endsAt ?? Infinity);
      expect(found).toBeLessThan(newest);
      expect(newest - found).toBeLessThanOrEqual(preciseToMs + 1);
      expect(walks.length).toBeLessThanOrEqual(9);
    }),
  );
});

test('a day is searched to ten seconds in four walks', async () => {
  const { begin, walks } = walksThrough({ from: 0, to: 24 * hour, damagedAt: 17.3 * hour });
  await findNewestSound(begin, { from: 0, to: 24 * hour, preciseToMs: 10_000 });
  expect(walks).toHaveLength(4);
});
