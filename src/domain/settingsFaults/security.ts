import { unknown, unknowns, type Look, type SettingsFault } from './names.js';

/** Whom security crises name and call. */
export const securityFaults = (look: Look): SettingsFault[] => {
  const { people, team } = look.settings.security;
  return [
    ...unknowns(look, 'people', people, ['security', 'people']),
    ...unknown(look, 'teams', team, ['security', 'team']),
  ];
};
