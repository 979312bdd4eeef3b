import type { CommandName } from '../../src/domain/command.js';
import { commands } from '../../src/domain/command.js';
import type { Given } from '../client/api.js';
import { colours, print, printJson } from '../output/terminal.js';
import { statusShown } from '../output/severity.js';
import { checkInput, type Input } from './input/parse.js';
import { actorOf, apiOf, type ActingOptions } from './options.js';

const said = (command: CommandName, crisis: string, given: Given): string => {
  if (given.status === 'taken')
    return `${colours.yellow('✔')} ${command} of ${crisis} is taken and will not be lost; no worker is there just now, it is done when one is back.`;
  const { crisisId, status, phase, severity } = given.answer;
  return `${colours.green('✔')} ${command}: ${crisisId} is ${statusShown(status)}, ${severity}, phase ${phase}.`;
};

/** Gives a crisis a command, and says what came of it. Throws a `Fault`: 2 for a wrong field, 1 for a refusal. */
export const send = async (
  crisis: string,
  command: CommandName,
  fields: Input,
  options: ActingOptions,
): Promise<void> => {
  const input = { ...fields, ...actorOf(options), via: 'cli' };
  checkInput(command, commands[command], { by: 'the holder of the key', ...input });
  const given = await apiOf(options).command(crisis, command, input);
  if (options.json) printJson({ command, ...given });
  else print(said(command, crisis, given));
};
