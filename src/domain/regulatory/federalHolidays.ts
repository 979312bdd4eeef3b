import { Temporal } from 'temporal-polyfill';

type Rule = (year: number) => Temporal.PlainDate;

const [monday, thursday, saturday, sunday] = [1, 4, 6, 7];

const fixed =
  (month: number, day: number): Rule =>
  (year) =>
    Temporal.PlainDate.from({ year, month, day });

const nth =
  (which: number, dayOfWeek: number, month: number): Rule =>
  (year) => {
    const first = Temporal.PlainDate.from({ year, month, day: 1 });
    return first.add({ days: ((dayOfWeek - first.dayOfWeek + 7) % 7) + (which - 1) * 7 });
  };

const last =
  (dayOfWeek: number, month: number): Rule =>
  (year) => {
    const first = Temporal.PlainDate.from({ year, month, day: 1 });
    const end = first.with({ day: first.daysInMonth });
    return end.subtract({ days: (end.dayOfWeek - dayOfWeek + 7) % 7 });
  };

/**
 * The legal holidays of 5 U.S.C. 6103(a). Inauguration Day (6103(c)) is a holiday around Washington only and left out;
 * so are single closures by executive order: without them a deadline is a day early, never late.
 */
const rules: readonly Rule[] = [
  fixed(1, 1),
  nth(3, monday, 1),
  nth(3, monday, 2),
  last(monday, 5),
  fixed(6, 19),
  fixed(7, 4),
  nth(1, monday, 9),
  nth(2, monday, 10),
  fixed(11, 11),
  nth(4, thursday, 11),
  fixed(12, 25),
];

/** Saturday’s is kept on the Friday before, Sunday’s on the Monday after (5 U.S.C. 6103(b), Executive Order 11582). */
const observed = (holiday: Temporal.PlainDate): Temporal.PlainDate => {
  if (holiday.dayOfWeek === saturday) return holiday.subtract({ days: 1 });
  return holiday.dayOfWeek === sunday ? holiday.add({ days: 1 }) : holiday;
};

/** The days, as `2027-07-05`, on which US federal offices keep a holiday in a year; the next New Year’s Day may be kept in it. */
export const federalHolidays = (year: number): readonly string[] =>
  [...rules.map((rule) => rule(year)), fixed(1, 1)(year + 1)]
    .map(observed)
    .filter((day) => day.year === year)
    .map(String);

const kept = new Map<number, ReadonlySet<string>>();

/** Worked out once a year: a single deadline asks for several days. */
const isHoliday = (day: Temporal.PlainDate): boolean => {
  const days = kept.get(day.year) ?? new Set(federalHolidays(day.year));
  kept.set(day.year, days);
  return days.has(day.toString());
};

/** Whether US federal offices are open on a day: no Saturday, no Sunday, no holiday kept. */
const isBusinessDay = (day: Temporal.PlainDate): boolean => day.dayOfWeek < saturday && !isHoliday(day);

/** So many business days after a day, which itself does not count. */
export const addBusinessDays = (day: Temporal.PlainDate, count: number): Temporal.PlainDate => {
  let [reached, left] = [day, count];
  while (left > 0) {
    reached = reached.add({ days: 1 });
    if (isBusinessDay(reached)) left -= 1;
  }
  return reached;
};
