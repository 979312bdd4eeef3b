import { Temporal } from 'temporal-polyfill';
import { hours } from '../duration.js';
import { addBusinessDays } from './federalHolidays.js';
import type { Term } from './obligation.js';

const local = (at: number, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);

/** A night in one zone may be two days: the earlier one counts, so that nobody files a day late. */
const earlierDay = (at: number, one: string, other: string): Temporal.PlainDate => {
  const [a, b] = [local(at, one).toPlainDate(), local(at, other).toPlainDate()];
  return Temporal.PlainDate.compare(a, b) <= 0 ? a : b;
};

/**
 * When a term that starts at `at` (milliseconds since 1970) is over. Hours are elapsed time, whatever clocks do. Days and
 * months keep the wall time of `zone`; where a month has no such day, its last one counts. Always the earliest reading of
 * the law: no hour is rounded up and nothing is put off over a weekend. Throws on an unknown time zone.
 */
export const endOfTerm = (at: number, term: Term, zone: string): number => {
  if ('hours' in term) return at + hours(term.hours);
  if ('days' in term) return local(at, zone).add({ days: term.days }).epochMilliseconds;
  if ('months' in term) return local(at, zone).add({ months: term.months }).epochMilliseconds;
  const day = addBusinessDays(earlierDay(at, zone, term.zone), term.businessDays);
  return day.toZonedDateTime({ timeZone: term.zone, plainTime: term.closesAt }).epochMilliseconds;
};

/** A term in words: `72 hours`, `4 business days`. */
export const termSaid = (term: Term): string => {
  const [count, unit] =
    'hours' in term
      ? [term.hours, 'hour']
      : 'days' in term
        ? [term.days, 'day']
        : 'months' in term
          ? [term.months, 'month']
          : [term.businessDays, 'business day'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
};
