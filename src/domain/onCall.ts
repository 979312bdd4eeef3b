import { Temporal } from 'temporal-polyfill';
import type { Schedule } from './schedule.js';

/** An hour that comes twice is meant the first time; one that is skipped is meant as soon as the clock allows. */
const instantOf = (local: Temporal.PlainDateTime, timeZone: string): number =>
  local.toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds;

/** Which shift, counted from the first hand-off, `at` falls into; negative before it. Hand-offs keep their wall time. */
const shiftAt = ({ startsAt, shiftDays, timeZone }: Schedule, at: number): number => {
  const first = Temporal.PlainDateTime.from(startsAt);
  const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();
  const begins = (shift: number) => instantOf(first.add({ days: shift * shiftDays }), timeZone);

  let shift = Math.floor(first.toPlainDate().until(today, { largestUnit: 'day' }).days / shiftDays);
  while (begins(shift + 1) <= at) shift += 1;
  while (begins(shift) > at) shift -= 1;
  return shift;
};

/** Everyone who may be on call by this schedule, each once: the rotation, then those of the overrides. */
export const rotationOf = (schedule: Schedule): string[] => [
  ...new Set([...schedule.people, ...schedule.overrides.map(({ person }) => person)]),
];

/**
 * Who is on call at a moment (milliseconds since 1970). Of overlapping overrides the last one listed holds. Before the
 * first hand-off the rotation is taken as having run already. Throws on an unknown time zone.
 */
export const onCall = (schedule: Schedule, atMs: number): string | undefined => {
  const { overrides, people, timeZone } = schedule;
  const instant = (local: string) => instantOf(Temporal.PlainDateTime.from(local), timeZone);
  const override = overrides.findLast(({ from, until }) => instant(from) <= atMs && atMs < instant(until));
  if (override) return override.person;
  const turn = shiftAt(schedule, atMs) % people.length;
  return people[turn < 0 ? turn + people.length : turn];
};
