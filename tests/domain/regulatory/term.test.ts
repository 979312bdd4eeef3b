import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Term } from '../../../src/domain/regulatory/obligation.js';
import { endOfTerm, termSaid } from '../../../src/domain/regulatory/term.js';
import { localTimeAt } from '../support/wallClock.js';
import { businessDaysAfter, everyDate, monthAfter } from './calendar.js';

const zones = [
  'UTC',
  'Europe/Berlin',
  'Europe/London',
  'America/New_York',
  'America/Los_Angeles',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Pacific/Honolulu',
  'Africa/Casablanca',
  'Asia/Kathmandu',
  'America/St_Johns',
  'Pacific/Chatham',
];
const eastern = 'America/New_York';
const fourDays: Term = { businessDays: 4, closesAt: '17:30', zone: eastern };
const at = (iso: string): number => Date.parse(iso);
const hourMs = 3_600_000;
const minuteMs = 60_000;
const dates = everyDate();

const anyZone = fc.constantFrom(...zones);
const anyMinute = fc
  .integer({ min: at('2024-01-01T00:00Z') / minuteMs, max: at('2032-12-31T23:59Z') / minuteMs })
  .map((minute) => minute * minuteMs);
/** Around the ends of months and the changes of clocks, where calendars go wrong. */
const turns = dates.filter((date) => /-(01|28|29|30|31)$/.test(date) || /-(03|04|09|10|11)-/.test(date));
const nearTurn = fc
  .tuple(fc.constantFrom(...turns), fc.integer({ min: -26 * 60, max: 26 * 60 }))
  .map(([date, minutes]) => at(`${date}T00:00Z`) + minutes * minuteMs);
const moments = fc.oneof(anyMinute, nearTurn);

/** Whether the clock of a zone shows a time anywhere near a moment. */
const isEverShown = (text: string, near: number, zone: string): boolean =>
  Array.from({ length: 9 }, (_, half) => near + (half - 4) * 30 * minuteMs).some(
    (moment) => localTimeAt(moment, zone).text === text,
  );

/** The wall shows `date` and the time of the start, or, where the clock jumps over that time, one at most an hour later. */
const keepsTheWallTime = (start: number, end: number, date: string, zone: string): boolean => {
  const { text } = localTimeAt(start, zone);
  const wanted = `${date}T${text.slice(11)}`;
  const shown = localTimeAt(end, zone).text;
  if (shown === wanted) return true;
  const late = at(`${shown}Z`) - at(`${wanted}Z`);
  return late > 0 && late <= hourMs && !isEverShown(wanted, end, zone);
};

describe('hours', () => {
  test('are elapsed time in every zone, over clock changes, leap days and year ends', () => {
    fc.assert(
      fc.property(moments, anyZone, fc.integer({ min: 1, max: 100 }), (start, zone, hours) => {
        expect(endOfTerm(start, { hours }, zone)).toBe(start + hours * hourMs);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a month', () => {
  test('ends on the same day and time of the next month, or on its last day', () => {
    fc.assert(
      fc.property(moments, anyZone, (start, zone) => {
        const end = endOfTerm(start, { months: 1 }, zone);
        return keepsTheWallTime(start, end, monthAfter(localTimeAt(start, zone).date), zone);
      }),
      { numRuns: 5_000 },
    );
  });

  test('from every day of nine years and from its first moment to its last, by the calendar', () => {
    const wrong = dates.flatMap((date) =>
      ['T00:00:00.000Z', 'T12:00:00.000Z', 'T23:59:59.999Z'].filter(
        (time) => new Date(endOfTerm(at(date + time), { months: 1 }, 'UTC')).toISOString() !== monthAfter(date) + time,
      ),
    );
    expect(wrong).toEqual([]);
  });

  test.each([
    ['2024-01-31T10:00Z', 'UTC', '2024-02-29T10:00Z'],
    ['2025-01-31T10:00Z', 'UTC', '2025-02-28T10:00Z'],
    ['2028-01-29T10:00Z', 'UTC', '2028-02-29T10:00Z'],
    ['2028-02-29T23:59Z', 'UTC', '2028-03-29T23:59Z'],
    ['2026-03-31T10:00Z', 'UTC', '2026-04-30T10:00Z'],
    ['2026-12-31T23:30Z', 'UTC', '2027-01-31T23:30Z'],
    ['2026-02-28T23:30Z', 'Europe/Berlin', '2026-03-31T22:30Z'],
    ['2026-10-01T08:00Z', 'Europe/Berlin', '2026-11-01T09:00Z'],
    ['2026-02-28T01:30Z', 'Europe/Berlin', '2026-03-28T01:30Z'],
    ['2027-02-28T01:30Z', 'Europe/Berlin', '2027-03-28T01:30Z'],
  ])('from %s in %s is over at %s', (start, zone, end) => {
    expect(endOfTerm(at(start), { months: 1 }, zone)).toBe(at(end));
  });
});

test('fourteen days keep the wall time', () => {
  fc.assert(
    fc.property(moments, anyZone, (start, zone) => {
      const date = new Date(at(`${localTimeAt(start, zone).date}T00:00Z`) + 14 * 24 * hourMs)
        .toISOString()
        .slice(0, 10);
      return keepsTheWallTime(start, endOfTerm(start, { days: 14 }, zone), date, zone);
    }),
    { numRuns: 2_000 },
  );
});

describe('four business days', () => {
  /** Three hours of each day, others on the next: within eight days every hour, on every weekday within eight weeks. */
  const hoursOf = (index: number): number[] => [0, 8, 16].map((hour) => hour + (index % 8));
  const shown = new Map<number, string>();
  const shownInTheEast = (end: number): string => {
    const text = shown.get(end) ?? localTimeAt(end, eastern).text;
    shown.set(end, text);
    return text;
  };

  test('end at 17:30 Eastern of the day the published table says, from every day of nine years and every hour of the day', () => {
    const wrong = dates.flatMap((date, index) =>
      hoursOf(index).filter((hour) => {
        const start = at(`${date}T00:00Z`) + hour * hourMs;
        const day = businessDaysAfter(localTimeAt(start, eastern).date, 4);
        return shownInTheEast(endOfTerm(start, fourDays, eastern)) !== `${day}T17:30:00`;
      }),
    );
    expect(wrong).toEqual([]);
  });

  test('in any zone, are counted from the earlier of the two dates that a night may have', () => {
    fc.assert(
      fc.property(moments, anyZone, (start, zone) => {
        const [first = ''] = [localTimeAt(start, zone).date, localTimeAt(start, eastern).date].sort();
        const end = localTimeAt(endOfTerm(start, fourDays, zone), eastern);
        expect(end.text).toBe(`${businessDaysAfter(first, 4)}T17:30:00`);
      }),
      { numRuns: 2_000 },
    );
  });

  test('a Monday evening in California is a Monday, though it is Tuesday on the east coast', () => {
    const end = endOfTerm(at('2026-11-03T05:30Z'), fourDays, 'America/Los_Angeles');

    expect(new Date(end).toISOString()).toBe('2026-11-06T22:30:00.000Z');
  });
});

test('whatever the term, it ends after its start, and a later start gains no more than what short months take', () => {
  const terms = fc.oneof(
    fc.constant<Term>({ months: 1 }),
    fc.constant<Term>({ days: 14 }),
    fc.constant<Term>({ hours: 72 }),
    fc.constant(fourDays),
  );
  fc.assert(
    fc.property(moments, fc.integer({ min: 0, max: 80 * 60 }), anyZone, terms, (start, minutes, zone, term) => {
      const [end, later] = [endOfTerm(start, term, zone), endOfTerm(start + minutes * minuteMs, term, zone)];
      expect(end).toBeGreaterThan(start);
      // The last days of a long month share one day of a short one, where the time of day alone puts them in order.
      expect(later).toBeGreaterThan(end - 25 * hourMs);
    }),
    { numRuns: 2_000 },
  );
});

test('an unknown zone is no zone', () => {
  expect(() => endOfTerm(at('2026-11-03T05:30Z'), { months: 1 }, 'Mars/Olympus')).toThrow(/time zone/);
});

test.each<[Term, string]>([
  [{ hours: 72 }, '72 hours'],
  [{ months: 1 }, '1 month'],
  [{ days: 14 }, '14 days'],
  [fourDays, '4 business days'],
])('%j reads as %s', (term, words) => {
  expect(termSaid(term)).toBe(words);
});
