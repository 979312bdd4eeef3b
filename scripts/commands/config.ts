import { resolve } from 'node:path';
import type { Command } from 'commander';
import { readSettings } from '../../src/config/settings.js';
import { configurationSummary } from '../output/configuration.js';
import { misused } from '../output/fault.js';
import { colours, print, printJson } from '../output/terminal.js';
import { reading, shown } from '../stack/settings.js';
import { withExamples, withJson, type JsonOption } from './options.js';

const check = async (named: string | undefined, { json }: JsonOption): Promise<void> => {
  const file = resolve(named ?? (process.env['FIREBREAK_CONFIG'] || 'firebreak.yaml'));
  const read = await readSettings(file, reading());
  const { warnings } = read;
  if ('faults' in read) {
    const { faults } = read;
    const count = faults.length === 1 ? 'one fault' : `${faults.length} faults`;
    throw misused([`${file} has ${count}; nothing would start with it.`, ...faults.map(shown)].join('\n'), {
      faults,
      warnings,
    });
  }
  const { settings, hash } = read;
  if (json) {
    printJson({ file, valid: true, hash, warnings });
    return;
  }
  print(`${colours.green('✔')} ${file} is valid.`);
  print(configurationSummary(settings));
  for (const warning of warnings) print(`${colours.yellow('!')} ${shown(warning)}`);
};

export const register = (program: Command): void => {
  const config = program.command('config').description('Look at the configuration.');
  const command = withJson(config.command('check').argument('[file]', 'else FIREBREAK_CONFIG, else firebreak.yaml'))
    .description('Check a configuration: every fault with its file, line and column, and what is valid in short.')
    .action(check);
  for (const each of [config, command])
    withExamples(
      each,
      ['config check', 'the one that would be used'],
      ['config check ops/firebreak.yaml', 'another, before it is merged'],
    );
};
