import { actionNames } from '../databaseActions.js';
import { nearest } from '../nearest.js';
import type { PagingPolicy } from '../paging.js';
import type { Playbook } from '../playbook.js';
import type { Settings } from '../settings.js';

/** `warning`: it works, but hardly as meant. `path` leads to the value in the settings. */
export type SettingsFault = { level: 'fault' | 'warning'; path: readonly (string | number)[]; message: string };

/** What holds beside the settings, unless they say otherwise. */
export type SettingsDefaults = {
  policies?: Readonly<Record<string, PagingPolicy>>;
  playbooks?: Readonly<Record<string, Playbook>>;
  /** Channels that the program itself brings, such as mail to its development mailbox. */
  channels?: readonly string[];
};

/** What holds names, and what one of them is called. */
const singular = {
  people: 'person',
  schedules: 'schedule',
  teams: 'team',
  services: 'service',
  policies: 'policy',
  audiences: 'audience',
  actions: 'action',
  databases: 'database',
  rungs: 'rung',
  channels: 'channel',
} as const;
export type Section = keyof typeof singular;

/** `anything`: the section itself could not be read, so nothing can be said about what it holds. */
export type Names = Readonly<Record<Section, ReadonlySet<string> | 'anything'>>;

/** The names that a reference may use. */
export const namesIn = (settings: Settings, defaults: SettingsDefaults): Record<Section, ReadonlySet<string>> => ({
  people: new Set(Object.keys(settings.people)),
  schedules: new Set(Object.keys(settings.schedules)),
  teams: new Set(Object.keys(settings.teams)),
  services: new Set(Object.keys(settings.services)),
  databases: new Set(Object.keys(settings.databases)),
  policies: new Set([...Object.keys(defaults.policies ?? {}), ...Object.keys(settings.policies)]),
  audiences: new Set(Object.keys(settings.audiences)),
  actions: new Set(actionNames(settings)),
  rungs: new Set(settings.ladder.map(({ id }) => id)),
  channels: new Set([...Object.keys(settings.channels), ...(defaults.channels ?? [])]),
});

/** What a check works with. */
export type Look = { settings: Settings; defaults: SettingsDefaults; names: Names };

export const fault = (path: SettingsFault['path'], message: string): SettingsFault => ({
  level: 'fault',
  path,
  message,
});
export const warning = (path: SettingsFault['path'], message: string): SettingsFault => ({
  level: 'warning',
  path,
  message,
});

/** Nothing when the name is known, else one fault that says which was probably meant. */
export const unknown = (
  { names }: Look,
  section: Section,
  name: string | undefined,
  path: SettingsFault['path'],
): SettingsFault[] => {
  const known = names[section];
  if (name === undefined || known === 'anything' || known.has(name)) return [];
  const near = nearest(name, known);
  const hint = near === undefined ? '' : `; did you mean "${near}"?`;
  return [fault(path, `there is no ${singular[section]} "${name}"${hint}`)];
};

/** The same for a list of names; each fault points at its own place. */
export const unknowns = (look: Look, section: Section, names: readonly string[], path: SettingsFault['path']) =>
  names.flatMap((name, index) => unknown(look, section, name, [...path, index]));
