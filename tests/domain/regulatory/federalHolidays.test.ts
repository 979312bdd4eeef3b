import { expect, test } from '@jest/globals';
import { Temporal } from 'temporal-polyfill';
import { addBusinessDays, federalHolidays } from '../../../src/domain/regulatory/federalHolidays.js';
import { businessDaysAfter, everyDate, publishedHolidays } from './calendar.js';

test.each(Object.entries(publishedHolidays))('in %s federal offices keep the days that are published', (year, days) => {
  expect([...federalHolidays(Number(year))].sort()).toEqual(days.map((day) => `${year}-${day}`));
});

test('New Year’s Day on a Saturday is kept in the old year', () => {
  expect(federalHolidays(2027)).toContain('2027-12-31');
  expect(federalHolidays(2028).filter((day) => day.startsWith('2028-01'))).toEqual(['2028-01-17']);
});

test('from every day of nine years, one to ten business days end where the published table says', () => {
  const wrong = everyDate().flatMap((date) =>
    [1, 4, 10].filter(
      (count) => addBusinessDays(Temporal.PlainDate.from(date), count).toString() !== businessDaysAfter(date, count),
    ),
  );
  expect(wrong).toEqual([]);
});

test.each([
  ['a Monday', '2026-11-02', '2026-11-06'],
  ['a Friday', '2026-11-13', '2026-11-19'],
  ['a Saturday, where Monday is the first day', '2026-11-14', '2026-11-19'],
  ['the day before Thanksgiving', '2026-11-25', '2026-12-02'],
  ['a Thursday before Independence Day kept on Friday', '2026-07-02', '2026-07-09'],
  ['the end of a year whose New Year’s Day is kept in it', '2027-12-23', '2027-12-30'],
  ['the two long weekends at the turn of 2027', '2027-12-29', '2028-01-05'],
  ['the leap day', '2028-02-29', '2028-03-06'],
])('four business days after %s', (_, from, until) => {
  expect(addBusinessDays(Temporal.PlainDate.from(from), 4).toString()).toBe(until);
});
