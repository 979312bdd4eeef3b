import type { z } from 'zod';
import { Settings } from '../domain/settings.js';
import type { Names, Section } from '../domain/settingsFaults/names.js';

type Raw = Record<string, unknown>;
const isSection = (value: unknown): value is Raw =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Without these there is nothing to look at; empty ones let the rest be looked at all the same. */
const needed = { people: {}, schedules: {}, teams: {}, services: {}, channels: {} };
const mostRounds = 20;

const at = (raw: Raw, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, part) => (isSection(value) ? value[String(part)] : undefined), raw);

/**
 * The smallest part that can go without the rest being read differently: never an entry of a list, whose followers would
 * move up, and what holds it where a part is missing.
 */
const smallest = (raw: Raw, path: readonly PropertyKey[]): readonly PropertyKey[] => {
  const list = path.findIndex((part) => typeof part === 'number');
  const cut = list === -1 ? path : path.slice(0, list);
  return cut.length > 1 && at(raw, cut) === undefined ? smallest(raw, cut.slice(0, -1)) : cut;
};

const takeOut = (raw: Raw, { path, ...issue }: z.core.$ZodIssue): void => {
  const whole = issue.code === 'unrecognized_keys' ? at(raw, path) : undefined;
  const cut = isSection(whole) ? path : smallest(raw, path);
  const holder = isSection(whole) ? whole : at(raw, cut.slice(0, -1));
  const names = isSection(whole) && issue.code === 'unrecognized_keys' ? issue.keys : cut.slice(-1);
  if (isSection(holder)) for (const name of names) Reflect.deleteProperty(holder, name);
};

/** Any team will do where the file names none, or none that can be: that is said by itself. */
const anyTeam = ({ teams }: Raw): string | undefined => (isSection(teams) ? Object.keys(teams)[0] : undefined);

/**
 * What can be read of settings that hold faults, so that the rest can be checked in the same go. Undefined when so little
 * is left that nothing can be said.
 */
export const soundParts = (data: unknown): Settings | undefined => {
  const raw: unknown = structuredClone(data);
  if (!isSection(raw)) return undefined;
  const defaultTeam = anyTeam(raw);
  for (let round = 0; round < mostRounds; round += 1) {
    const parsed = Settings.safeParse({ ...needed, defaultTeam, ...raw });
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) takeOut(raw, issue);
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
