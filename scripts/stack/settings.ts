import { readEnvironment, type Environment, type Variables } from '../../src/config/environment.js';
import { readSettings, type ConfigFault, type ReadOptions } from '../../src/config/settings.js';
import { watchSettings } from '../../src/config/watch.js';
import { counted } from '../../src/domain/describe/words.js';
import type { Settings } from '../../src/domain/settings.js';
import { defaultPolicies } from '../../src/playbooks/policies.js';
import { readRunbooks } from '../../src/runbooks/markdown.js';
import { Stop, type Say } from './say.js';

/** How every command reads the configuration. */
export const reading = (env: Variables = process.env): ReadOptions => ({
  env,
  defaults: { policies: defaultPolicies, channels: ['email'] },
  readRunbooks,
});

export const shown = ({ file, line, column, path, message }: ConfigFault): string =>
  `${file}:${line}:${column} ${path ? `${path} ` : ''}${message}`;

/** The environment, or a stop that names every variable that is wrong. */
export const environmentOf = (env: Variables = process.env): Environment => {
  const read = readEnvironment(env);
  if ('faults' in read) throw new Stop(read.faults.map(({ name, message }) => `${name} ${message}`).join('\n'), 2);
  return read.environment;
};

export type Kept = { settings: () => Settings; close: () => void };

/** The settings of the file with what else stands there, or a stop that names every fault. */
const soundSettings = async (file: string, options: ReadOptions) => {
  const read = await readSettings(file, options);
  if ('faults' in read)
    throw new Stop(
      `${read.faults.map(shown).join('\n')}\nThe configuration has ${counted(read.faults.length, 'fault')}; nothing was started.`,
      2,
    );
  return read;
};

/** Stops at a configuration that nothing could start with, before anything is. */
export const mustBeSound = async (file: string): Promise<void> => {
  await soundSettings(file, reading());
};

/** The settings, kept up to date: a valid change applies, an invalid one is refused aloud and the old stay. */
export const keepSettings = async (
  file: string,
  complete: (settings: Settings) => Settings,
  say: Say,
  onChange: () => void = () => undefined,
): Promise<Kept> => {
  const options = reading();
  const read = await soundSettings(file, options);
  for (const warning of read.warnings) say(`warning: ${shown(warning)}`);
  let settings = complete(read.settings);
  const watching = watchSettings(
    file,
    (changed) => {
      settings = complete(changed.settings);
      say(`${file} has changed; new crises take it, and who is on call applies at once`);
      onChange();
    },
    {
      ...options,
      hash: read.hash,
      ...(read.runbooks !== undefined && { runbooks: read.runbooks }),
      onRefused: (faults) =>
        say(`the changed configuration is refused, the old one stays:\n${faults.map(shown).join('\n')}`),
    },
  );
  return { settings: () => settings, close: () => watching.close() };
};
