import { Settings } from '../domain/settings.js';
import type { Names, Section } from '../domain/settingsFaults/names.js';

type Raw = Record<string, unknown>;
const isSection = (value: unknown): value is Raw =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Without these there is nothing to look at; empty ones let the rest be looked at all the same. */
const needed = { people: {}, schedules: {}, teams: {}, services: {}, channels: {}, defaultTeam: '' };
const mostRounds = 10;

/** Takes out the smallest named part that holds a fault: a setting that does not exist, an entry, or a whole section. */
const takeOut = (raw: Raw, path: readonly PropertyKey[], keys: readonly string[]): void => {
  const [section, entry] = path.map(String);
  if (section === undefined) for (const key of keys) Reflect.deleteProperty(raw, key);
  else if (entry !== undefined && isSection(raw[section])) Reflect.deleteProperty(raw[section], entry);
  else Reflect.deleteProperty(raw, section);
};

/**
 * What can be read of settings that hold faults, so that the rest can be checked in the same go. Undefined when so little
 * is left that nothing can be said.
 */
export const soundParts = (data: unknown): Settings | undefined => {
  const raw: unknown = structuredClone(data);
  if (!isSection(raw)) return undefined;
  for (let round = 0; round < mostRounds; round += 1) {
    const parsed = Settings.safeParse({ ...needed, ...raw });
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues)
      takeOut(raw, issue.path, issue.code === 'unrecognized_keys' ? issue.keys : []);
  }
  return undefined;
};

const namedIn = (value: unknown): ReadonlySet<string> | 'anything' =>
  isSection(value) ? new Set(Object.keys(value)) : 'anything';

/** The names that stand in the file, also of parts that hold faults: what refers to them is not wrong as well. */
export const namesWritten = (data: unknown, beside: Partial<Record<Section, readonly string[]>>): Names => {
  const raw = isSection(data) ? data : {};
  const rungs = Array.isArray(raw['ladder']) ? (raw['ladder'] as unknown[]) : [];
  const section = (name: Section, optional = false) => {
    const named = namedIn(optional ? (raw[name] ?? {}) : raw[name]);
    return named === 'anything' ? named : new Set([...named, ...(beside[name] ?? [])]);
  };
  return {
    people: section('people'),
    schedules: section('schedules'),
    teams: section('teams'),
    services: section('services'),
    databases: section('databases', true),
    policies: section('policies', true),
    audiences: section('audiences', true),
    actions: section('actions', true),
    channels: section('channels'),
    rungs: new Set(rungs.flatMap((rung) => (isSection(rung) && typeof rung['id'] === 'string' ? [rung['id']] : []))),
  };
};
