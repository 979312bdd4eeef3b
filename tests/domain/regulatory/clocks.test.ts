import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dueOf, saidAfter, type RegulatoryDue, type SaidOf } from '../../../src/domain/regulatory/clocks.js';
import { deadlinesOf, type Deadline } from '../../../src/domain/regulatory/deadlines.js';
import { obligations, obligationsOf } from '../../../src/domain/regulatory/obligations.js';

const at = (iso: string): number => Date.parse(iso);
const hourMs = 3_600_000;
const aware = at('2026-11-02T00:00Z');
const gdpr = obligationsOf(['GDPR']);
const deadlines = deadlinesOf({ aware }, gdpr, 'UTC');

/** Lives through the clocks from `from` to `until`; whoever is away until `backAt` strikes late. */
const live = (list: readonly Deadline[], from: number, until: number, backAt = from) => {
  const struck: { due: RegulatoryDue; now: number }[] = [];
  let said: SaidOf = {};
  for (;;) {
    const [due] = dueOf(list, obligations, said);
    const now = Math.max(due?.at ?? Infinity, backAt, struck.at(-1)?.now ?? from);
    if (!due || now > until) return struck;
    said = saidAfter(said, due, now);
    struck.push({ due, now });
  }
};
const told = (struck: ReturnType<typeof live>): [string, number][] =>
  struck.map(({ due, now }) => [due.what === 'deadlineOverdue' ? due.rung : 'reminder', (now - aware) / hourMs]);

test('72 hours are reminded of four times, then escalated to the CTO, and from then on to the CEO', () => {
  expect(told(live(deadlines, aware, aware + 81 * hourMs))).toEqual([
    ['reminder', 24],
    ['reminder', 48],
    ['reminder', 66],
    ['reminder', 71],
    ['cto', 72],
    ['ceo', 76],
    ['ceo', 80],
  ]);
});

describe('when the clock is set late, or we were away', () => {
  test('reminders that fell due together are one', () => {
    expect(told(live(deadlines, aware + 70 * hourMs, aware + 73 * hourMs))).toEqual([
      ['reminder', 70],
      ['reminder', 71],
      ['cto', 72],
    ]);
  });

  test('an escalation missed by days is made up for once, and the next comes an interval later', () => {
    const struck = live(deadlines, aware, aware + 111 * hourMs, aware + 100 * hourMs);

    expect(told(struck)).toEqual([
      ['reminder', 100],
      ['cto', 100],
      ['ceo', 104],
      ['ceo', 108],
    ]);
  });
});

test('a corrected mark moves the deadline, and its reminders begin anew', () => {
  const [first] = dueOf(deadlines, gdpr);
  if (!first) throw new Error('nothing is due');
  const said = saidAfter({}, first, first.at);
  const moved = deadlinesOf({ aware: aware + hourMs }, gdpr, 'UTC');

  expect(dueOf(deadlines, gdpr, said)[0]?.at).toBe(aware + 48 * hourMs);
  expect(dueOf(moved, gdpr, said)[0]?.at).toBe(aware + 25 * hourMs);
});

test('what is only expected runs no clock', () => {
  const nis2 = obligationsOf(['NIS2']);
  const due = dueOf(deadlinesOf({ aware }, nis2, 'UTC'), nis2);

  expect(new Set(due.map(({ obligation }) => obligation))).toEqual(
    new Set(['nis2-early-warning', 'nis2-notification']),
  );
});

test('a deadline of no known obligation, and one named like a part of every object, harm nothing', () => {
  const strange: Deadline[] = ['constructor', '__proto__'].map((obligation) => ({
    obligation,
    startsAt: 0,
    dueAt: 1,
    why: '',
  }));
  expect(dueOf(strange, gdpr)).toEqual([]);
});

test('whatever was said and however late, clocks only go on: each strike lies in the future of the last or in no past twice', () => {
  const anyDeadline = fc
    .tuple(fc.constantFrom(...obligations), fc.integer({ min: 1, max: 1_000 }))
    .map(([{ id }, hours]): Deadline => ({ obligation: id, startsAt: 0, dueAt: hours * hourMs, why: '' }));
  const lists = fc.uniqueArray(anyDeadline, { selector: ({ obligation }) => obligation, maxLength: 5 });
  fc.assert(
    fc.property(lists, fc.integer({ min: 0, max: 1_200 }), (list, away) => {
      const struck = live(list, 0, 1_300 * hourMs, away * hourMs);
      for (const { obligation, dueAt } of list) {
        const own = struck.filter(({ due }) => due.obligation === obligation);
        const escalated = own.filter(({ due }) => due.what === 'deadlineOverdue').map(({ now }) => now);
        const reminded = own.filter(({ due }) => due.what === 'deadlineReminder').map(({ now }) => now);

        expect(escalated[0]).toBe(Math.max(dueAt, away * hourMs));
        expect(new Set(escalated).size).toBe(escalated.length);
        expect(new Set(reminded).size).toBe(reminded.length);
        expect(reminded.length).toBeGreaterThan(0);
        expect(Math.max(...reminded)).toBeLessThanOrEqual(escalated[0] ?? 0);
      }
    }),
    { numRuns: 500 },
  );
});
