import { commands, openCommandNames, type OpenCommandName } from '../../../src/domain/command.js';
import { purposes } from '../../../src/domain/purposes.js';
import { fieldShown, usageOf } from '../input/describe.js';
import { fieldsFor } from '../input/parse.js';

/** All commands with their fields. */
export const overviewOf = (): string =>
  [
    '',
    'Commands:',
    ...openCommandNames.flatMap((name) => [
      `  ${name.padEnd(13)}${purposes[name]}`,
      ...[usageOf(fieldsFor(commands[name]))].filter(Boolean).map((usage) => `  ${' '.repeat(14)}${usage}`),
    ]),
    '',
    'npx firebreak do <crisis> <command> --help says all about one.',
  ].join('\n');

/** One command with all its fields. */
export const helpOf = (name: OpenCommandName): string => {
  const shown = fieldsFor(commands[name]).map(fieldShown);
  const width = Math.max(0, ...shown.map(([option]) => option.length));
  return [
    '',
    `${name}: ${purposes[name]}`,
    ...shown.map(([option, known]) => `  ${option.padEnd(width)}  ${known}`.trimEnd()),
  ].join('\n');
};
