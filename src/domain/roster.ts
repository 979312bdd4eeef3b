import { onCall, rotationOf } from './onCall.js';
import type { Roster } from './person.js';
import type { Schedule } from './schedule.js';
import type { Settings } from './settings.js';

const seat = (schedule: Schedule | undefined, atMs: number): string[] => {
  const person = schedule && onCall(schedule, atMs);
  return person === undefined ? [] : [person];
};

/**
 * Who is on call for a team at a moment, and how to reach everyone. An unknown team is answered by the default team, so
 * that somebody is always paged; a seat without a schedule stays empty, which the crisis notes when it comes to it.
 */
export const rosterAt = (settings: Settings, teamId: string, atMs: number): Roster => {
  const team = settings.teams[teamId] ?? settings.teams[settings.defaultTeam];
  const scheduled = (id: string | undefined) => (id === undefined ? undefined : settings.schedules[id]);
  const primary = scheduled(team?.oncall.primary);
  const secondary = scheduled(team?.oncall.secondary);
  const commander = scheduled(team?.oncall.commander);
  const turns = [primary, secondary, commander].flatMap((schedule) => (schedule ? rotationOf(schedule) : []));
  return {
    asOf: atMs,
    primary: seat(primary, atMs),
    secondary: seat(secondary, atMs),
    commander: seat(commander, atMs),
    rotation: [...new Set([...turns, ...(team?.people ?? [])])],
    people: settings.people,
  };
};
