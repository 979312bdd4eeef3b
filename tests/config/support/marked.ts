import { expect } from '@jest/globals';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings, type ReadOptions } from '../../../src/config/settings.js';

/** Settings without a fault, one part a section; a test replaces the part it is about. */
const sound = {
  people: 'people:\n  ana: { name: Ana, contacts: [{ channel: email, to: ana@example.com }] }',
  schedules: 'schedules:\n  days: { people: [ana] }',
  teams: 'teams:\n  web: { people: [ana], oncall: { primary: days } }',
  services: 'services:\n  shop: { team: web }',
  defaultTeam: 'defaultTeam: web',
  channels: 'channels:\n  email: { host: 127.0.0.1, port: 1025, from: firebreak@example.com }',
};
type Part = keyof typeof sound;

/** A whole file: the given parts, the sound ones for what they leave out, and more sections. */
export const yamlWith = (parts: Partial<Record<Part, string>> & { more?: string }): string =>
  Object.values({ ...sound, ...parts }).join('\n');

export const write = async (text: string): Promise<string> => {
  const file = join(await mkdtemp(join(tmpdir(), 'firebreak-config-')), 'firebreak.yaml');
  await writeFile(file, text);
  return file;
};

/** `<line>: <message>` of each fault that reading the text finds. */
const faultsOf = async (text: string, level: 'faults' | 'warnings', options: ReadOptions): Promise<string[]> => {
  const read = await readSettings(await write(text), { env: {}, ...options });
  const found = level === 'warnings' ? read.warnings : 'faults' in read ? read.faults : [];
  return found.map(({ line, message }) => `${line}: ${message}`);
};

/**
 * Expects exactly the faults that the text itself names: each at the line that ends in `#! what the message says`. Two on
 * one line are parted by `#!` as well.
 */
export const expectMarked = async (
  text: string,
  { level = 'faults', ...options }: ReadOptions & { level?: 'faults' | 'warnings' } = {},
): Promise<void> => {
  const expected = text.split('\n').flatMap((content, index) =>
    content
      .split('#!')
      .slice(1)
      .map((message) => `${index + 1}: ${message.trim()}`),
  );
  expect(await faultsOf(text, level, options)).toEqual(expected);
};
