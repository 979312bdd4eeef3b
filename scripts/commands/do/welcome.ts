import { commands, openCommandNames, type OpenCommandName } from '../../../src/domain/command.js';
import type { Crisis } from '../../../src/domain/crisis.js';
import { isWelcome } from '../../../src/domain/engine/whyNot.js';
import { statusShown } from '../../output/severity.js';
import { colours, print, printJson } from '../../output/terminal.js';
import { oneLine } from '../../../src/domain/describe/words.js';
import { quoted } from '../../output/wrap.js';
import { usageOf } from '../input/describe.js';
import { fieldsFor } from '../input/parse.js';
import { apiOf, type ApiOptions } from '../options.js';
import { purposes } from '../../../src/domain/purposes.js';

type Choice = { command: OpenCommandName; welcome: boolean; why?: string };

/** Beside the status: what there is nothing for yet. */
const missing = (crisis: Crisis, name: OpenCommandName): string | undefined => {
  const nothingOpen = Object.values(crisis.approvals).every(({ status }) => status !== 'open');
  if ((name === 'approve' || name === 'reject') && nothingOpen) return 'nothing waits for an approval';
  if (name === 'promote' && crisis.type !== 'watch') return 'it is a crisis already';
  if (name === 'resolve' && crisis.acknowledgedAt === undefined && crisis.type !== 'watch')
    return 'nobody has acknowledged it';
  return undefined;
};

const choicesOf = (crisis: Crisis): Choice[] =>
  openCommandNames.map((command) => {
    const why = isWelcome(crisis, command) ? missing(crisis, command) : `the crisis is ${crisis.status}`;
    return { command, welcome: why === undefined, ...(why !== undefined && { why }) };
  });

const shown = ({ command, why }: Choice): string =>
  why === undefined
    ? [
        `  ${colours.green(command.padEnd(13))}${purposes[command]}`,
        ...[usageOf(fieldsFor(commands[command]))]
          .filter(Boolean)
          .map((usage) => `  ${' '.repeat(14)}${colours.dim(usage)}`),
      ].join('\n')
    : `  ${colours.dim(`${command.padEnd(13)}${why}`)}`;

/** Lists what may be done in a crisis now, and what may not, and why. */
export const showWelcome = async (id: string, options: ApiOptions): Promise<void> => {
  const { crisis } = await apiOf(options).view(id);
  const choices = choicesOf(crisis);
  const { crisisId, status, title } = crisis;
  if (options.json) {
    printJson({ crisisId, status, commands: choices });
    return;
  }
  const [now, notNow] = [choices.filter(({ welcome }) => welcome), choices.filter(({ welcome }) => !welcome)];
  print(
    [
      `${colours.bold(oneLine(title))}  ${crisisId}  ${statusShown(status)}`,
      '',
      ...(now.length > 0 ? ['Welcome now:', ...now.map((each) => shown(each))] : ['Nothing is welcome now.']),
      ...(notNow.length > 0 ? ['', 'Not now:', ...notNow.map((each) => shown(each))] : []),
      ...(now.length > 0 ? ['', `Give one with: npx firebreak do ${quoted(id)} <command> [--name value …]`] : []),
    ].join('\n'),
  );
};
