import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { parse } from 'yaml';
import { nearest } from '../../src/domain/nearest.js';
import type { Runbook } from '../../src/domain/runbook.js';
import { readRunbooks } from '../../src/runbooks/markdown.js';
import { failed } from '../output/fault.js';
import { runbookShown, runbookTable } from '../output/runbook.js';
import { columns, print, printJson, remark } from '../output/terminal.js';
import { withExamples, withJson, type JsonOption } from './options.js';

type Options = JsonOption & { service?: string; config?: string };

/** The folder that the configuration names. A fault elsewhere in the file keeps nobody from reading a runbook. */
const folderOf = async (file: string): Promise<string> => {
  const text = await readFile(file, 'utf8').catch(() => {
    throw failed(`There is no configuration ${file}: say --config <file>, or set FIREBREAK_CONFIG.`);
  });
  const folder = namedIn(text);
  if (folder === undefined)
    throw failed(`${file} names no folder of runbooks: add "runbooks: ./runbooks" and put Markdown files in it.`);
  return resolve(dirname(file), folder);
};

const namedIn = (text: string): string | undefined => {
  try {
    const read: unknown = parse(text, { logLevel: 'silent' });
    const named = typeof read === 'object' && read !== null && 'runbooks' in read ? read.runbooks : undefined;
    return typeof named === 'string' ? named : undefined;
  } catch {
    throw failed('The configuration is not YAML: npx firebreak config check says where.');
  }
};

const read = async ({ config }: Options): Promise<Runbook[]> => {
  const { runbooks, faults } = readRunbooks(
    await folderOf(resolve(config ?? (process.env['FIREBREAK_CONFIG'] || 'firebreak.yaml'))),
    // To read a runbook its actions need not be filled in.
    new Proxy(process.env, { get: (env, name: string) => env[name] ?? `\${env:${name}}` }),
  );
  for (const { file, line, message } of faults) remark(`${file}:${line} ${message}`);
  return runbooks;
};

const isFor = (service: string | undefined) => (runbook: Runbook) =>
  service === undefined || runbook.services.length === 0 || runbook.services.includes(service);

const one = (runbooks: readonly Runbook[], id: string): Runbook => {
  const found = runbooks.find((each) => each.id === id);
  if (found) return found;
  const ids = runbooks.map((each) => each.id);
  const meant = nearest(id, ids);
  throw failed(
    `There is no runbook "${id}"${meant === undefined ? `; there are ${ids.join(', ') || 'none'}.` : `; did you mean ${meant}?`}`,
  );
};

const runbook = async (id: string | undefined, options: Options): Promise<void> => {
  const runbooks = await read(options);
  if (id === undefined) {
    list(runbooks.filter(isFor(options.service)), options);
    return;
  }
  const found = one(runbooks, id);
  if (options.json) printJson(found);
  else print(runbookShown(found, columns()));
};

const list = (runbooks: readonly Runbook[], { json }: Options): void => {
  if (json) printJson({ runbooks });
  else print(runbooks.length > 0 ? runbookTable(runbooks) : 'There is no such runbook.');
};

export const register = (program: Command): void => {
  const command = withJson(program.command('runbook').argument('[id]', 'which one to read; none lists them'))
    .option('--service <service>', 'only those for a service')
    .option('--config <file>', 'the configuration that names their folder; else FIREBREAK_CONFIG, else firebreak.yaml')
    .description('List the runbooks, or read one, with the actions it may run marked.')
    .action(runbook);
  withExamples(
    command,
    ['runbook', 'which there are'],
    ['runbook checkout-down', 'read one'],
    ['runbook --service shop', 'those for a service'],
  );
};
