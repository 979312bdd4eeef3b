import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { Settings } from '../../../src/domain/settings.js';

/** The configuration of an example with its variables filled in, and what the test puts in the place of some of it. */
const settingsOf = (example: string, environment: Readonly<Record<string, string>>, more: object = {}): Settings => {
  const fill = (text: string): string => text.replace(/\$\{env:(\w+)\}/g, (_, name: string) => environment[name] ?? '');
  const source = readFileSync(`examples/${example}/firebreak.yaml`, 'utf8');
  const read = parse(source, (_, value: unknown) => (typeof value === 'string' ? fill(value) : value)) as object;
  return Settings.parse({ ...read, ...more });
};

type Environment = Readonly<Record<string, string>>;

export const shopSettings = (environment: Environment): Settings => settingsOf('shop', environment);

export const portalSettings = (environment: Environment, more: object = {}): Settings =>
  settingsOf('portal', environment, more);
