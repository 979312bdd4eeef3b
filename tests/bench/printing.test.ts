import { expect, test } from '@jest/globals';
import { rowOf } from '../../bench/figures.js';
import { printed, shown } from '../../bench/printing.js';

test('shows three figures of a small number, and no fraction of a large one', () => {
  expect([0.01234, 1.5, 42.25, 3, 123.4, 54_321.9].map(shown)).toEqual([
    '0.0123',
    '1.50',
    '42.3',
    '3',
    '123',
    '54,322',
  ]);
  expect(shown(null)).toBe('');
});

test('prints a row for each measure, and under it how it was measured', () => {
  const goal = { says: '≤ 100', holds: () => false };
  const text = printed([
    rowOf({ name: 'first page', unit: 'ms', samples: [40, 60], baseline: 20, goal, note: 'two alerts' }),
    rowOf({ name: 'replay', unit: 'histories/s', samples: [200] }),
  ]);

  expect(text.split('\n').map((line) => line.trim().split(/\s{2,}/))).toEqual([
    ['MEASURE', 'UNIT', 'N', 'MIN', 'MEDIAN', 'P95', 'BARE', 'RATIO', 'GOAL'],
    ['first page', 'ms', '2', '40', '40', '60', '20', '2 ×', '≤ 100', 'MISSED'],
    ['two alerts'],
    ['replay', 'histories/s', '1', '200', '200', '200'],
  ]);
});
