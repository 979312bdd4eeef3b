/** The days on which US federal offices keep a holiday, as the Office of Personnel Management lists them, written down by hand. */
export const publishedHolidays: Readonly<Record<number, readonly string[]>> = {
  2024: ['01-01', '01-15', '02-19', '05-27', '06-19', '07-04', '09-02', '10-14', '11-11', '11-28', '12-25'],
  2025: ['01-01', '01-20', '02-17', '05-26', '06-19', '07-04', '09-01', '10-13', '11-11', '11-27', '12-25'],
  2026: ['01-01', '01-19', '02-16', '05-25', '06-19', '07-03', '09-07', '10-12', '11-11', '11-26', '12-25'],
  2027: ['01-01', '01-18', '02-15', '05-31', '06-18', '07-05', '09-06', '10-11', '11-11', '11-25', '12-24', '12-31'],
  2028: ['01-17', '02-21', '05-29', '06-19', '07-04', '09-04', '10-09', '11-10', '11-23', '12-25'],
  2029: ['01-01', '01-15', '02-19', '05-28', '06-19', '07-04', '09-03', '10-08', '11-12', '11-22', '12-25'],
  2030: ['01-01', '01-21', '02-18', '05-27', '06-19', '07-04', '09-02', '10-14', '11-11', '11-28', '12-25'],
  2031: ['01-01', '01-20', '02-17', '05-26', '06-19', '07-04', '09-01', '10-13', '11-11', '11-27', '12-25'],
  2032: ['01-01', '01-19', '02-16', '05-31', '06-18', '07-05', '09-06', '10-11', '11-11', '11-25', '12-24', '12-31'],
  // Deadlines of the last days of 2032 reach into it.
  2033: ['01-17', '02-21', '05-30', '06-20', '07-04', '09-05', '10-10', '11-11', '11-24', '12-26'],
};

const dayMs = 86_400_000;
const holidays = new Set(
  Object.entries(publishedHolidays).flatMap(([year, days]) => days.map((day) => `${year}-${day}`)),
);

/** The date of a day counted in UTC. */
const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

const isOpen = (at: number): boolean => {
  const weekday = new Date(at).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidays.has(dateOf(at));
};

const datesFrom = (first: string, last: string): string[] => {
  const [from, until] = [Date.parse(`${first}T00:00Z`), Date.parse(`${last}T00:00Z`)];
  return Array.from({ length: (until - from) / dayMs + 1 }, (_, index) => dateOf(from + index * dayMs));
};

/** Every date from the first of 2024 to the last of 2032. */
export const everyDate = (): string[] => datesFrom('2024-01-01', '2032-12-31');

const listed = datesFrom('2023-12-30', '2033-12-31');
const openDays = listed.filter((date) => isOpen(Date.parse(`${date}T00:00Z`)));
/** How many open days there are up to and with each date. */
const openUpTo = new Map<string, number>();
for (const date of listed)
  openUpTo.set(
    date,
    (openUpTo.get(dateOf(Date.parse(`${date}T00:00Z`) - dayMs)) ?? 0) + (openDays.includes(date) ? 1 : 0),
  );

/** The last of so many business days after a date, by counting down the published table; only for comparison. */
export const businessDaysAfter = (date: string, count: number): string => {
  const reached = openDays[(openUpTo.get(date) ?? Number.NaN) + count - 1];
  if (reached === undefined) throw new Error(`${date} is outside the published table`);
  return reached;
};

const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The same day of the next month, or its last one, by the lengths of months that every child learns; only for comparison. */
export const monthAfter = (date: string): string => {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const [nextYear, nextMonth] = month === 12 ? [year + 1, 1] : [year, month + 1];
  const leap = (nextYear % 4 === 0 && nextYear % 100 !== 0) || nextYear % 400 === 0;
  const longest = nextMonth === 2 && leap ? 29 : (lengths[nextMonth - 1] ?? 0);
  return [nextYear, nextMonth, Math.min(day, longest)].map((part) => String(part).padStart(2, '0')).join('-');
};
