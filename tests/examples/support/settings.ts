import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { Settings } from '../../../src/domain/settings.js';

/** The shop's configuration with its variables filled in. */
export const shopSettings = (environment: Readonly<Record<string, string>>): Settings => {
  const fill = (text: string): string => text.replace(/\$\{env:(\w+)\}/g, (_, name: string) => environment[name] ?? '');
  const source = readFileSync('examples/shop/firebreak.yaml', 'utf8');
  return Settings.parse(parse(source, (_, value: unknown) => (typeof value === 'string' ? fill(value) : value)));
};
