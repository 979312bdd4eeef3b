import type { Settings } from './settings.js';
import { actionFaults } from './settingsFaults/actions.js';
import { authorityFaults } from './settingsFaults/authority.js';
import { namesIn, type Names, type SettingsDefaults, type SettingsFault } from './settingsFaults/names.js';
import { ladderFaults, policyFaults } from './settingsFaults/paging.js';
import { peopleFaults, scheduleFaults } from './settingsFaults/people.js';
import { playbookFaults, serviceFaults } from './settingsFaults/services.js';
import { quietFaults } from './settingsFaults/quiet.js';
import { regulatoryFaults } from './settingsFaults/regulatory.js';
import { securityFaults } from './settingsFaults/security.js';
import { teamFaults } from './settingsFaults/teams.js';
import { watchdogFaults } from './settingsFaults/watchdog.js';

const checks = [
  peopleFaults,
  scheduleFaults,
  teamFaults,
  serviceFaults,
  policyFaults,
  ladderFaults,
  actionFaults,
  authorityFaults,
  playbookFaults,
  quietFaults,
  regulatoryFaults,
  securityFaults,
  watchdogFaults,
];

/**
 * What does not fit together in settings that are each well-formed: names that nothing has, zones that do not exist, a
 * critical crisis that reaches nobody. `names` overrules what the settings hold, where part of a file could not be read.
 */
export const settingsFaults = (
  settings: Settings,
  { defaults = {}, names = namesIn(settings, defaults) }: { defaults?: SettingsDefaults; names?: Names } = {},
): SettingsFault[] => checks.flatMap((check) => check({ settings, defaults, names }));
