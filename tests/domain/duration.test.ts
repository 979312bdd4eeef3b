import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import prettyMs from 'pretty-ms';
import { spoken } from '../../src/domain/duration.js';

test('a duration is said in its two largest units', () => {
  expect([4_200, 10_000, 252_400, 3_605_000, 90_000_000].map(spoken)).toEqual([
    '4.2s',
    '10s',
    '4m 12s',
    '1h 5s',
    '1d 1h',
  ]);
});

test('a duration of less than a day is said as the library says it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 10_000, max: 90_000_000 }), (durationMs) => {
      expect(spoken(durationMs)).toBe(prettyMs(durationMs, { secondsDecimalDigits: 0, unitCount: 2 }));
    }),
  );
});
