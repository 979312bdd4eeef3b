import { resolve } from 'node:path';
import type { Command } from 'commander';
import { withExamples, withJson } from './options.js';

type Options = { config?: string };

/** The programs read their settings from the environment, so that a container and a terminal say it alike. */
const settle = ({ config }: Options): void => {
  if (config !== undefined) process.env['FIREBREAK_CONFIG'] = resolve(config);
};

const withConfig = (command: Command): Command =>
  command.option('--config <file>', 'the configuration; else FIREBREAK_CONFIG, else firebreak.yaml');

export const up = {
  register: (program: Command): void => {
    const command = withConfig(program.command('up'))
      .description(
        'Bring up everything in one terminal: Temporal, a worker, the API and a mailbox. Ctrl-C stops it in order.',
      )
      .action(async (options: Options) => {
        settle(options);
        await (await import('./up.js')).up();
      });
    withExamples(
      command,
      ['up', 'with firebreak.yaml of this folder'],
      ['up --config ops/firebreak.yaml', 'with another configuration'],
    );
  },
};

export const worker = {
  register: (program: Command): void => {
    const command = withConfig(program.command('worker'))
      .description('Run a worker against the Temporal server of TEMPORAL_ADDRESS. Run several for safety.')
      .action(async (options: Options) => {
        settle(options);
        await (await import('./worker.js')).worker();
      });
    withExamples(command, ['worker --config /etc/firebreak.yaml', 'one of several workers']);
  },
};

export const api = {
  register: (program: Command): void => {
    const command = withConfig(program.command('api'))
      .description('Run the API against the Temporal server of TEMPORAL_ADDRESS.')
      .action(async (options: Options) => {
        settle(options);
        await (await import('./api.js')).api();
      });
    withExamples(command, ['api --config /etc/firebreak.yaml', 'beside the workers']);
  },
};

export const demo = {
  register: (program: Command): void => {
    const command = withJson(program.command('demo'), 'print one JSON line per event')
      .argument('[story]', 'which story to see')
      .option('--keep', 'keep everything running after the story')
      .option('--dir <folder>', 'where the post-mortem goes')
      .description('See a whole crisis, from alert to post-mortem, on the example service.')
      .action(async (story: string | undefined, options: { json?: boolean; keep?: boolean; dir?: string }) =>
        (await import('./demo.js')).demo(story, options),
      );
    withExamples(
      command,
      ['demo', 'the shop, a bad release, and its rollback'],
      ['demo data-loss', 'a corrupted database, and its recovery from a backup'],
      ['demo security', 'a breach: contained, its evidence kept and proven, restored from a clean backup'],
      ['demo --keep', 'look around afterwards'],
      ['demo --json', 'one JSON line per event'],
    );
  },
};
