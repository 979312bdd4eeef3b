import type { Command } from 'commander';
import { commandNames, commands, openCommandNames, type OpenCommandName } from '../../src/domain/command.js';
import { nearest } from '../../src/domain/nearest.js';
import { misused } from '../output/fault.js';
import { showWelcome } from './do/welcome.js';
import { helpOf, overviewOf } from './do/help.js';
import { parseInput } from './input/parse.js';
import { withActor, withExamples, type ActingOptions } from './options.js';
import { send } from './sending.js';

/** `hand-over` and `standdown` are understood as well. */
const nameOf = (said: string): OpenCommandName => {
  const squeezed = said.replace(/[-_]/g, '').toLowerCase();
  const name = commandNames.find((each) => each.toLowerCase() === squeezed);
  if (name === 'alert')
    throw misused('alerts come in at POST /api/v1/alerts/<source>; a person says: npx firebreak declare, or note');
  if (name === 'collect') throw misused('evidence is collected by: npx firebreak evidence collect <crisis>');
  if (name) return name;
  const meant = nearest(said, openCommandNames);
  throw misused(
    meant === undefined
      ? `there is no command "${said}"; npx firebreak do --help lists them`
      : `there is no command "${said}"; did you mean ${meant}?`,
  );
};

const act = async (crisis: string, words: readonly string[], options: ActingOptions): Promise<void> => {
  const [said, ...rest] = words;
  if (said === undefined) return showWelcome(crisis, options);
  const name = nameOf(said);
  return send(crisis, name, parseInput(name, commands[name], rest), options);
};

export const register = (program: Command): void => {
  const command = withActor(program.command('do'))
    .argument('<crisis>', 'its id or its correlation key')
    .argument('[command...]', 'what to do, with its fields as --name value; none lists what is welcome now')
    .allowUnknownOption()
    .description('Give a crisis a command. Without one: what is welcome now, what is not, and why.')
    .action(act)
    .addHelpText('after', () => {
      const words = process.argv.slice(2);
      const asked = openCommandNames.find((name) => words.slice(words.indexOf('do')).includes(name));
      return asked ? helpOf(asked) : overviewOf();
    });
  withExamples(
    command,
    ['do shop', 'what is welcome now'],
    ['do shop page --whom ben --reason "knows the payment provider"', 'summon somebody'],
    ['do shop assess --facts.usersAffectedPercent 60 --facts.regions eu --facts.regions us', 'say what is known'],
    ['do shop run --what shop-rollback --parameters.slowMs 0', 'run an action or a procedure'],
    ['do shop complete --task assess-scope', 'tick off a task'],
  );
};
