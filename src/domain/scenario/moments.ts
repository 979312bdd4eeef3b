import { parseCommand, type Command } from '../command.js';
import type { Moment } from '../scenario.js';

/** Commands and answers of people, as the crisis would take them. */
export const commandOf = (moment: Moment): Command | undefined => {
  if ('answer' in moment) {
    const { by, how, reason } = moment.answer;
    const note = how === 'acknowledge' ? { note: reason } : { reason };
    return commandNamed(how, { by, ...(reason !== undefined && note) });
  }
  if (!('command' in moment)) return undefined;
  const { name, ...input } = moment.command;
  return commandNamed(name, input);
};

const commandNamed = (name: Parameters<typeof parseCommand>[0], input: object): Command => {
  const parsed = parseCommand(name, { ...input, via: 'scenario' });
  if ('fault' in parsed) throw new Error(`the scenario's ${name} cannot be read: ${parsed.fault}`);
  return parsed.command;
};
