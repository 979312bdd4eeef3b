import type { Command } from 'commander';
import { withActor, withExamples, type ActingOptions } from './options.js';
import { send } from './sending.js';

export const register = (program: Command): void => {
  const command = withActor(program.command('ack').argument('<crisis>', 'its id or its correlation key'))
    .option('--note <text>', 'a word for the timeline')
    .description('Acknowledge a crisis: you are on it, and nobody else is paged for what you were asked.')
    .action(async (crisis: string, { note, ...options }: ActingOptions & { note?: string }) =>
      send(crisis, 'acknowledge', note === undefined ? {} : { note }, options),
    );
  withExamples(
    command,
    ['ack shop', 'the crisis of the shop'],
    ['ack shop --by ana --note "at my desk in two minutes"', 'as somebody else than your user name says'],
  );
};
