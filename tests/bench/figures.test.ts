import { expect, test } from '@jest/globals';
import { percentile, rowOf, summarise } from '../../bench/figures.js';

const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);

test('takes the percentiles that are samples themselves, whatever the order they came in', () => {
  expect(summarise(hundred)).toEqual({ n: 100, min: 1, p50: 50, p95: 95, p99: 99, max: 100 });
});

test('takes a single sample for every percentile', () => {
  expect(summarise([7])).toEqual({ n: 1, min: 7, p50: 7, p95: 7, p99: 7, max: 7 });
});

test('takes the smallest sample that so many do not exceed', () => {
  expect(percentile([1, 2, 3, 4], 50)).toBe(2);
  expect(percentile([1, 2, 3, 4], 51)).toBe(3);
  expect(percentile([1, 2, 3, 4], 100)).toBe(4);
});

test('refuses to make a figure of nothing', () => {
  expect(() => summarise([])).toThrow('no samples');
});

test('holds the median against the bare parts, and the goal against both', () => {
  const figure = { name: 'page', unit: 'ms', samples: hundred, baseline: 20 };
  const twice = { says: '≤ 2 × bare', holds: (_: unknown, ratio = 0) => ratio <= 2 };

  expect(rowOf({ ...figure, goal: twice })).toMatchObject({ ratio: 2.5, goal: '≤ 2 × bare', holds: false });
  expect(rowOf({ ...figure, baseline: 25, goal: twice })).toMatchObject({ ratio: 2, holds: true });
});

test('says nothing of a baseline or a goal where there is none', () => {
  expect(rowOf({ name: 'page', unit: 'ms', samples: [3] })).toEqual({
    ...{ name: 'page', unit: 'ms', n: 1, min: 3, p50: 3, p95: 3 },
    ...{ baseline: null, ratio: null, goal: null, holds: null, note: '' },
  });
});
