import type { Schedule } from '../../../src/domain/schedule.js';

const formats = new Map<string, Intl.DateTimeFormat>();
const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone);
  const format =
    known ??
    new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short', timeStyle: 'medium', hourCycle: 'h23' } as const);
  formats.set(timeZone, format);
  return format;
};

/** What calendar and clock on the wall show, by the platform's own zone data. */
export const localTimeAt = (at: number, timeZone: string): { date: string; time: string; text: string } => {
  const [date = '', time = ''] = formatOf(timeZone).format(at).split(', ');
  return { date, time: time.slice(0, 5), text: `${date}T${time}` };
};

const dayMs = 86_400_000;

/** What the wall shows, written as if it were UTC, so that it can be counted with. */
const wallAt = (at: number, timeZone: string): number => Date.parse(`${localTimeAt(at, timeZone).text}Z`);

/**
 * The first moment at which the wall shows a time; where the clock jumps over it, the time is counted on from before the
 * jump. Tries what the clock's distance to UTC was two days before and is two days after.
 */
const momentOf = (wall: number, timeZone: string): number => {
  const distances = [-2, 2].map((days) => wallAt(wall + days * dayMs, timeZone) - (wall + days * dayMs));
  const candidates = distances.map((distance) => wall - distance);
  const shown = candidates.filter((at) => wallAt(at, timeZone) === wall);
  return shown.length > 0 ? Math.min(...shown) : (candidates[0] ?? Number.NaN);
};

/** Who is on call, by the platform's clock and by walking from hand-off to hand-off; only for comparison. */
export const onCallByTheClockOnTheWall = ({ timeZone, startsAt, shiftDays, people }: Schedule, at: number) => {
  const first = Date.parse(`${startsAt}Z`);
  const begins = (shift: number) => momentOf(first + shift * shiftDays * dayMs, timeZone);
  let shift = Math.floor((at - first) / (shiftDays * dayMs)) + 3;
  while (begins(shift) > at) shift -= 1;
  return people[((shift % people.length) + people.length) % people.length];
};
