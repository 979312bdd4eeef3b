import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { actionNames } from '../domain/databaseActions.js';
import { settingsFaults } from '../domain/settingsFaults.js';
import type { SettingsDefaults, SettingsFault } from '../domain/settingsFaults/names.js';
import type { Settings } from '../domain/settings.js';
import { readDocument, type Path, type Position } from './document.js';
import type { Variables } from './environment.js';
import { expand } from './expansion.js';
import { unknownFacts } from './facts.js';
import type { SchemaFault } from './issues.js';
import { parseSettings } from './parsing.js';
import { withRunbookActions, type RunbookActions } from './runbookActions.js';
import { writtenSecrets } from './secrets.js';
import { namesWritten, soundParts } from './soundParts.js';

/** What is wrong and where; line and column count from one. `path` is as in `people.ana.contacts[0].to`, or empty. */
export type ConfigFault = { file: string; path: string; message: string } & Position;

export type ReadSettings =
  /** `hash` changes with whatever the settings say; `runbooks` is the folder, when one is named. */
  | { settings: Settings; hash: string; warnings: ConfigFault[]; runbooks?: string }
  | { faults: ConfigFault[]; warnings: ConfigFault[] };

export type ReadOptions = {
  env?: Variables;
  /** What holds where the file says nothing; references may name it. */
  defaults?: SettingsDefaults;
  /** Reads the folder that `runbooks` names; the actions it brings may be referred to. */
  readRunbooks?: (
    folder: string,
    env: Variables,
  ) => { runbooks: readonly RunbookActions[]; faults: readonly { file: string; line: number; message: string }[] };
};

const spelled = (path: Path): string =>
  path.map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${part}`)).join('');

const inOrder = (faults: ConfigFault[]): ConfigFault[] =>
  faults.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column);

const atTop = (file: string, message: string): ReadSettings => ({
  faults: [{ file, line: 1, column: 1, path: '', message }],
  warnings: [],
});

const textOf = async (file: string): Promise<{ text: string } | { problem: string }> => {
  try {
    return { text: await readFile(file, 'utf8') };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { problem: code === 'ENOENT' ? 'there is no such file' : `cannot be read (${code ?? String(error)})` };
  }
};

/** Reads the configuration file: the settings, or every fault in it at once. Never throws for what the file holds. */
export const readSettings = async (file: string, options: ReadOptions = {}): Promise<ReadSettings> => {
  const read = await textOf(file);
  return 'problem' in read ? atTop(file, read.problem) : readText(file, read.text, options);
};

const readText = (file: string, text: string, options: ReadOptions): ReadSettings => {
  const document = readDocument(text);
  const notYaml = document.faults.map((fault) => ({ file, path: '', ...fault }));
  // A key that stands twice leaves the rest readable; after any other fault every further one would be a guess.
  if (document.document.errors.some(({ code }) => code !== 'DUPLICATE_KEY'))
    return { faults: inOrder(notYaml), warnings: [] };

  const expansion = expand(document.document, options.env ?? process.env);
  const plain = document.plain();
  if ('problem' in plain) return atTop(file, plain.problem);
  const { data } = plain;
  if (data === null || data === undefined)
    return atTop(file, 'is empty; see firebreak.yaml of the project for a start');

  const parsed = parseSettings(data, document, expansion);
  const whole = lookTogether(file, data, 'settings' in parsed ? parsed.settings : soundParts(data), options);
  const located = ({ path, part, message }: SchemaFault): ConfigFault => ({
    file,
    ...document.locate(path, part),
    path: spelled(path),
    message,
  });
  const crossed = (level: SettingsFault['level']) =>
    whole.crossed.filter((each) => each.level === level).map((each) => located({ ...each, part: 'value' }));

  const faults = [
    ...notYaml,
    ...expansion.faults.map(({ node, message }) => ({ file, path: '', ...document.positionOf(node), message })),
    ...('faults' in parsed ? parsed.faults : []).map(located),
    ...unknownFacts(data).map(located),
    ...whole.inRunbooks,
    ...crossed('fault'),
  ];
  const warnings = inOrder([...crossed('warning'), ...writtenSecrets(data, document, expansion).map(located)]);
  if (faults.length > 0 || !whole.settings) return { faults: inOrder(faults), warnings };
  const { settings, folder } = whole;
  return { settings, hash: hashOf(settings), warnings, ...(folder !== undefined && { runbooks: folder }) };
};

type Whole = { settings?: Settings; folder?: string; inRunbooks: ConfigFault[]; crossed: SettingsFault[] };

/** The settings with what their runbooks bring, and what does not fit together in them. */
const lookTogether = (file: string, data: unknown, readable: Settings | undefined, options: ReadOptions): Whole => {
  if (!readable) return { inRunbooks: [], crossed: [] };
  const { env = process.env, defaults = {}, readRunbooks } = options;
  const folder = readable.runbooks === undefined ? undefined : resolve(dirname(file), readable.runbooks);
  const read = folder !== undefined && readRunbooks ? readRunbooks(folder, env) : { runbooks: [], faults: [] };
  const { settings, clashes } = withRunbookActions(readable, read.runbooks);
  const names = namesWritten(data, {
    policies: Object.keys(defaults.policies ?? {}),
    channels: defaults.channels ?? [],
    actions: actionNames(settings),
  });
  return {
    settings,
    ...(folder !== undefined && { folder }),
    inRunbooks: read.faults.map(({ file: page, line, message }) => ({
      file: page,
      line,
      column: 1,
      path: '',
      message,
    })),
    crossed: [
      ...clashes.map(({ message }) => ({ level: 'fault' as const, path: ['runbooks'], message })),
      ...settingsFaults(settings, { defaults, names }),
    ],
  };
};

const hashOf = (settings: Settings): string => createHash('sha256').update(JSON.stringify(settings)).digest('hex');
