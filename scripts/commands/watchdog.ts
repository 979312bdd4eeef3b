import { resolve } from 'node:path';
import type { Command } from 'commander';
import { apiAddress } from '../client/address.js';
import { sayOn } from '../stack/say.js';
import { environmentOf, keepSettings } from '../stack/settings.js';
import { runWatchdog } from '../watchdog/run.js';
import { untilInterrupted } from './interrupting.js';
import { withExamples } from './options.js';

type Options = { config?: string; url?: string };

const watch = async ({ config, url }: Options): Promise<void> => {
  const say = sayOn(process.stderr);
  const environment = environmentOf();
  const file = config === undefined ? environment.config : resolve(config);
  const kept = await keepSettings(file, (settings) => settings, say);
  const address = apiAddress(url, process.env);
  try {
    await untilInterrupted(async (signal) => {
      say(`watchdog looks after the API at ${address}, its workers, crises, ledger and disks`);
      await runWatchdog({ settings: kept.settings, apiAddress: address, dataFolder: environment.data, say }, signal);
    });
  } finally {
    kept.close();
  }
};

export const register = (program: Command): void => {
  const command = program
    .command('watchdog')
    .option('--config <file>', 'the configuration; else FIREBREAK_CONFIG, else firebreak.yaml')
    .option('--url <address>', 'where the API is; else FIREBREAK_URL, FIREBREAK_HOST and FIREBREAK_PORT')
    .description(
      'Look after Firebreak itself from outside, and tell those named under `watchdog` by channels of its own. Run it apart from worker and API.',
    )
    .action(watch);
  withExamples(
    command,
    ['watchdog', 'beside a worker and an API, or on another machine'],
    ['watchdog --url https://firebreak.example.com', 'for an API elsewhere; TEMPORAL_ADDRESS says where Temporal is'],
  );
};
