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
const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / dayMs;

/**
 * Whether a wall time has come: when the wall has ever shown it or a later one. Looking back half a day covers an hour
 * that came twice; the skipped day of Samoa needs no more, since dates only jump forward there.
 */
const latestShown = (at: number, timeZone: string): string => {
  let latest = '';
  for (let back = 0; back <= 4; back += 1) {
    const shown = localTimeAt(at - back * 1_800_000, timeZone).text;
    if (shown > latest) latest = shown;
  }
  return latest;
};

/** Where the clock jumped over a wall time, the hand-off waits as long as the jump was. */
const jumped = (handOff: string, at: number, timeZone: string): boolean => {
  const wall = (moment: number) => Date.parse(`${localTimeAt(moment, timeZone).text}Z`);
  const due = Date.parse(`${handOff}Z`);
  if (wall(at) - wall(at - 2 * dayMs) === 2 * dayMs) return false;
  for (let moment = at; wall(moment) >= due && moment > at - 2 * dayMs; moment -= 60_000)
    if (wall(moment - 60_000) < due) {
      const skipped = wall(moment) - wall(moment - 60_000) - 60_000;
      return due < wall(moment) && wall(at) < due + skipped;
    }
  return false;
};

/** Who is on call, worked out from what the wall shows rather than from instants; slow, and only for comparison. */
export const onCallByTheClockOnTheWall = ({ timeZone, startsAt, shiftDays, people }: Schedule, at: number) => {
  const [firstDate = '', firstTime = ''] = startsAt.split('T');
  const shown = latestShown(at, timeZone);
  const [date = '', time = ''] = shown.split('T');
  const days = dayNumber(date) - dayNumber(firstDate) - (time < firstTime ? 1 : 0);
  let shift = Math.floor(days / shiftDays);
  const begins = `${new Date((dayNumber(firstDate) + shift * shiftDays) * dayMs).toISOString().slice(0, 10)}T${firstTime}`;
  if (jumped(begins, at, timeZone)) shift -= 1;
  return people[((shift % people.length) + people.length) % people.length];
};
