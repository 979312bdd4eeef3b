import { commands, openCommandNames, type OpenCommandName } from '../../../src/domain/command.js';
import { fieldShown, usageOf } from '../input/describe.js';
import { fieldsFor } from '../input/parse.js';

/** What each command is for, in one line. */
export const purposes: Record<OpenCommandName, string> = {
  acknowledge: 'you are on it; what you were asked stops ringing',
  decline: 'you cannot come; the next is paged at once',
  escalate: 'take the next paging step now',
  page: 'summon a person, team:<id> or rung:<id>',
  assign: 'give somebody a role',
  handOver: 'hand a role on, the command of the crisis by default',
  assess: 'say what is known of the damage; the severity follows',
  complete: 'tick off a task',
  skip: 'leave a task out, with the reason',
  advance: 'end this phase now',
  reclassify: 'overrule the severity',
  mitigate: 'the impact has ended; the paging goes quiet',
  resolve: 'the cause is gone; the regression watch begins',
  reopen: 'it came back after all',
  standDown: 'call everybody off: there is no crisis',
  run: 'run a procedure or an action',
  approve: 'approve what somebody else has asked for',
  reject: 'refuse what somebody has asked for',
  announce: 'tell an audience something in your words',
  note: 'a line for the timeline',
  link: 'point to another crisis or ticket',
  merge: 'let this crisis go into another one',
  split: 'make a crisis of its own of one of the causes',
  mark: 'set a moment that regulators count from',
  file: 'put a regulator’s notification on record',
  admit: 'let one more person see a restricted crisis',
  dismiss: 'let somebody not see it any more',
  promote: 'make a crisis of a watch',
};

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
