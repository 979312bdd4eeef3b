import { describe, expect, test } from '@jest/globals';
import { deadlinesOf } from '../../../src/domain/regulatory/deadlines.js';
import { FileInput, filed } from '../../../src/domain/regulatory/file.js';
import { obligations } from '../../../src/domain/regulatory/obligations.js';

const at = (iso: string): number => Date.parse(iso);
const marks = { aware: at('2026-11-02T00:00Z') };
const deadlines = deadlinesOf(marks, obligations, 'UTC');
const file = (input: object, now = '2026-11-03T00:00Z') =>
  filed(FileInput.parse(input), { obligations, deadlines, by: 'ana', now: at(now) });

test('a filing records who filed, when, to whom, and the reference', () => {
  expect(file({ obligation: 'gdpr-authority', reference: 'LDI-2026-77' })).toEqual({
    obligation: 'gdpr-authority',
    outcome: 'filed',
    at: at('2026-11-03T00:00Z'),
    by: 'ana',
    to: 'the data protection authority',
    reference: 'LDI-2026-77',
  });
});

test('what was handed in earlier is recorded with its own moment and receiver', () => {
  const input = { obligation: 'nis2-early-warning', reference: 'B-1', at: '2026-11-02T09:00:00+01:00', to: 'BSI' };

  expect(file(input)).toMatchObject({ at: at('2026-11-02T08:00Z'), to: 'BSI' });
});

test('a late one says by how much, and gives its reasons where the law wants them', () => {
  const late = { obligation: 'gdpr-authority', reference: 'L-1' };

  expect(file(late, '2026-11-05T02:00Z')).toEqual({
    fault: 'reason: it is late, and GDPR Art. 33(1) and (4) wants the reasons',
  });
  expect(file({ ...late, reason: 'The extent was not known' }, '2026-11-05T02:00Z')).toMatchObject({
    lateMs: 7_200_000,
  });
  expect(file({ obligation: 'nis2-early-warning', reference: 'B-1' }, '2026-11-05T00:00Z')).toMatchObject({
    lateMs: 2 * 86_400_000,
  });
});

test('what need not be filed is closed with a reason and without a reference', () => {
  const decided = {
    obligation: 'gdpr-authority',
    outcome: 'notRequired',
    reason: 'No risk to anybody: test data only',
  };

  expect(file(decided, '2026-12-01T00:00Z')).toMatchObject({ outcome: 'notRequired', reason: decided.reason });
});

describe('is refused, naming the field', () => {
  test.each<[object, RegExp]>([
    [{ obligation: 'gdpr', reference: 'x' }, /^obligation: expected one of gdpr-authority, .*; got gdpr$/],
    [{ obligation: 'gdpr-authority' }, /^reference: expected/],
    [{ obligation: 'gdpr-authority', outcome: 'notRequired' }, /^reason: expected/],
    [{ obligation: 'sec-8k', outcome: 'part', reference: 'x' }, /^outcome: sec-8k cannot be filed in parts$/],
    [
      { obligation: 'gdpr-authority', reference: 'x', at: '2026-11-03T00:00:01Z' },
      /^at: expected a moment that has passed/,
    ],
  ])('%j', (input, fault) => {
    expect(file(input)).toEqual({ fault: expect.stringMatching(fault) });
  });

  test.each([{ obligation: 'sec-8k', at: 'yesterday' }, { obligation: 'sec-8k', outcome: 'lost' }, { reference: 'x' }])(
    '%j cannot even be read',
    (input) => {
      expect(FileInput.safeParse(input).success).toBe(false);
    },
  );
});
