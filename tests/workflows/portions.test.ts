import { expect, test } from '@jest/globals';
import type { NumberedEvent } from '../../src/domain/record.js';
import { firstOf, newestOf } from '../../src/workflows/portions.js';

// Each is taken to be 500 bytes, as everything but alerts.
const events: NumberedEvent[] = [1, 2, 3, 4].map((seq) => ({
  seq,
  event: { type: 'effectFailed', at: seq, what: 'it', reason: 'it was late' },
}));
const seqs = (some: readonly NumberedEvent[]): number[] => some.map(({ seq }) => seq);

test('of a timeline as much is taken from either end as fits, in its order, and one event in any case', () => {
  expect(seqs(firstOf(events, 1_100))).toEqual([1, 2]);
  expect(seqs(newestOf(events, 1_100))).toEqual([3, 4]);
  expect(seqs(firstOf(events, 10))).toEqual([1]);
  expect(seqs(newestOf(events, 10))).toEqual([4]);
  expect(seqs(newestOf(events, 10_000))).toEqual([1, 2, 3, 4]);
  expect(newestOf([], 10)).toEqual([]);
});
