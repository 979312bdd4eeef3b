import { minutes } from '../duration.js';
import { rotationOf } from '../onCall.js';
import type { Team } from '../settings.js';
import { unknown, unknowns, warning, type Look, type SettingsFault } from './names.js';

/** The seed's promise: somebody answers a critical crisis within five minutes. */
const promisedMs = minutes(5);

/** Everybody whom a target may mean, over all shifts. */
const peopleOf = ({ settings }: Look, team: Team, target: string): readonly string[] => {
  const [kind = '', name = ''] = target.split(':');
  const rotation = (id: string | undefined) => {
    const schedule = id === undefined ? undefined : settings.schedules[id];
    return schedule ? rotationOf(schedule) : [];
  };
  switch (kind) {
    case 'primary':
    case 'secondary':
    case 'commander':
      return rotation(team.oncall[kind]);
    case 'rotation':
      return [...Object.values(team.oncall).flatMap(rotation), ...team.people];
    case 'rung':
      return settings.ladder.find(({ id }) => id === name)?.people ?? [];
    case 'team':
      return settings.teams[name]?.people ?? [];
    default:
      return [name];
  }
};

const reachFaults = (look: Look, id: string, team: Team): SettingsFault[] => {
  const policyId = team.policies?.P0 ?? 'P0';
  const policy = look.settings.policies[policyId] ?? look.defaults.policies?.[policyId];
  const early = policy?.steps.filter(({ afterMs }) => afterMs < promisedMs);
  const reached = early
    ?.flatMap(({ targets }) => targets.flatMap((target) => peopleOf(look, team, target)))
    .some((person) => look.settings.people[person]?.contacts.some(({ urgent }) => urgent));
  if (reached !== false) return [];
  return [warning(['teams', id], `a P0 of this team reaches nobody within five minutes (policy "${policyId}")`)];
};

/** Teams: their people, seats and policies, and whether a critical crisis reaches anybody in time. */
export const teamFaults = (look: Look): SettingsFault[] => {
  const { teams, defaultTeam } = look.settings;
  const inTeams = Object.entries(teams).flatMap(([id, team]) => {
    const within = [
      ...unknowns(look, 'people', team.people, ['teams', id, 'people']),
      ...Object.entries(team.oncall).flatMap(([seat, schedule]) =>
        unknown(look, 'schedules', schedule, ['teams', id, 'oncall', seat]),
      ),
      ...Object.entries(team.policies ?? {}).flatMap(([severity, policy]) =>
        unknown(look, 'policies', policy, ['teams', id, 'policies', severity]),
      ),
    ];
    // A name that is wrong is reason enough; what follows from it need not be said as well.
    return within.length > 0 ? within : reachFaults(look, id, team);
  });
  return [...inTeams, ...(defaultTeam ? unknown(look, 'teams', defaultTeam, ['defaultTeam']) : [])];
};
