import { Temporal } from 'temporal-polyfill';
import { hours } from '../../../src/domain/duration.js';
import { onCall } from '../../../src/domain/onCall.js';
import type { Schedule } from '../../../src/domain/schedule.js';
import type { Settings } from '../../../src/domain/settings.js';
import { day, timeOfDay } from '../../output/times.js';
import { fail, ok, warn, type Finding } from './finding.js';

/** How far ahead is looked, hour by hour. */
const daysAhead = 28;

/** The first hour in which nobody whom we know is on call. */
const gapOf = (settings: Settings, schedule: Schedule, now: number): number | undefined => {
  for (let at = now; at < now + hours(24 * daysAhead); at += hours(1)) {
    const person = onCall(schedule, at);
    if (person === undefined || !Object.hasOwn(settings.people, person)) return at;
  }
  return undefined;
};

const endOf = (local: string, timeZone: string): number =>
  Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone).epochMilliseconds;

const overrides = (id: string, { overrides: all, timeZone }: Schedule, now: number): Finding[] =>
  all.flatMap(({ person, until }, index) =>
    endOf(until, timeZone) <= now
      ? [
          warn(
            'schedules',
            `override ${index + 1} of ${id} (${person}) ended on ${until.slice(0, 10)}`,
            `take it out of schedules.${id}.overrides`,
          ),
        ]
      : [],
  );

const unused = (settings: Settings): Finding[] => {
  const used = new Set(Object.values(settings.teams).flatMap(({ oncall }) => Object.values(oncall)));
  return Object.keys(settings.schedules).flatMap((id) =>
    used.has(id) ? [] : [warn('schedules', `no team uses the schedule ${id}`, 'name it in a team, or take it out')],
  );
};

/** Schedules: gaps ahead, and overrides that are over. */
export const examineSchedules = (settings: Settings, now: number): Finding[] => {
  const found = Object.entries(settings.schedules).flatMap(([id, schedule]) => {
    const gap = gapOf(settings, schedule, now);
    return [
      ...(gap === undefined
        ? []
        : [fail('schedules', `${id} has nobody on call at ${day(gap)} ${timeOfDay(gap)}`, `mend schedules.${id}`)]),
      ...overrides(id, schedule, now),
    ];
  });
  const all = [...found, ...unused(settings)];
  const count = Object.keys(settings.schedules).length;
  return all.length > 0 ? all : [ok('schedules', `${count} without a gap in the next ${daysAhead} days`)];
};
