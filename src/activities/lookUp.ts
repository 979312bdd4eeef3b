import type { Roster } from '../domain/person.js';
import { rosterAt } from '../domain/roster.js';
import type { Settings } from '../domain/settings.js';

/** Who is on call for a team now, from the configuration in memory: no file, no database. */
export const createLookUpActivity =
  ({ settings, now }: { settings: () => Settings; now: () => number }) =>
  (team: string): Promise<Roster> =>
    Promise.resolve().then(() => rosterAt(settings(), team, now()));
