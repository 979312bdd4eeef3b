import type { Command } from 'commander';
import { withActor, withExamples, type ActingOptions } from './options.js';
import { send } from './sending.js';

export const register = (program: Command): void => {
  const command = withActor(program.command('resolve').argument('<crisis>', 'its id or its correlation key'))
    .option('--reason <text>', 'why, where the recovery validation is not done')
    .description('Resolve a crisis: the cause is gone. It is watched for a regression, and then closed.')
    .action(async (crisis: string, { reason, ...options }: ActingOptions & { reason?: string }) =>
      send(crisis, 'resolve', reason === undefined ? {} : { reason }, options),
    );
  withExamples(
    command,
    ['resolve shop', 'when the recovery validation is done'],
    ['resolve shop --reason "false alarm: the monitor was wrong"', 'without it, and saying why'],
  );
};
