import { expect, test } from '@jest/globals';
import { checkInput, fieldsFor, parseInput } from '../../../scripts/commands/input/parse.js';
import type { Field } from '../../../scripts/commands/input/fields.js';
import { commands, openCommandNames, type CommandName } from '../../../src/domain/command.js';
import { cli, documentOf } from './support/cli.js';
import { startNight } from './support/night.js';

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** A value that fits, as a person would type it, and as it should be sent. */
const example = ({ kind, oneOf, path }: Field): { typed: string; sent: unknown } => {
  if (kind === 'number') return { typed: '7', sent: 7 };
  if (kind === 'boolean') return { typed: 'false', sent: false };
  const shaped: Record<string, string> = { whom: 'team:web', at: '2026-03-02T03:00:00Z' };
  const text = oneOf[0] ?? shaped[path.at(-1) ?? ''] ?? `a ${path.join(' ')}`;
  return { typed: text, sent: text };
};

const put = (input: Record<string, unknown>, [first = '', ...rest]: readonly string[], value: unknown): void => {
  if (rest.length === 0) input[first] = value;
  else put((input[first] ??= {}) as Record<string, unknown>, rest, value);
};

/** Every field of a command, each given once in the spelling asked for. */
const everyField = (name: CommandName, spell: (name: string) => string) => {
  const argv: string[] = [];
  const input: Record<string, unknown> = {};
  for (const field of fieldsFor(commands[name])) {
    const path = field.open ? [...field.path, 'percent'] : field.path;
    const { typed, sent } = example(field);
    argv.push(`--${path.map(spell).join('.')}`, typed);
    put(input, path, field.list ? [sent] : sent);
  }
  return { argv, input };
};

test.each(openCommandNames)('every field of %s is understood, as the schema writes it and in kebab-case', (name) => {
  const asWritten = everyField(name, (each) => each);
  const inKebab = everyField(name, kebab);

  expect(parseInput(name, commands[name], asWritten.argv)).toEqual(asWritten.input);
  expect(parseInput(name, commands[name], inKebab.argv)).toEqual(asWritten.input);
  expect(() => checkInput(name, commands[name], { ...asWritten.input, by: 'ana' })).not.toThrow();
});

test.each(openCommandNames)('%s reaches its crisis from the real command line, with all its fields', async (name) => {
  const { env, commands: given, crisisId } = await startNight();
  const { argv, input } = everyField(name, kebab);

  await expect(cli(['do', 'shop', name, ...argv], env)).resolves.toMatchObject({ code: 0, stderr: '' });
  expect(given).toMatchObject([{ crisisId, command: name, input: { ...input, by: 'ana', via: 'cli' } }]);
});

test('numbers, flags, lists and inline values are read by the schema', () => {
  const parsed = (...argv: string[]) => parseInput('assess', commands.assess, argv);

  expect(parsed('--facts.usersAffectedPercent', '60')).toEqual({ facts: { usersAffectedPercent: 60 } });
  expect(parsed('--users-affected=40', '--facts.paymentFailure')).toEqual({
    facts: { usersAffected: 40, paymentFailure: true },
  });
  expect(parsed('--no-facts.paymentFailure', '--note', 'all good')).toEqual({
    facts: { paymentFailure: false },
    note: 'all good',
  });
  expect(parsed('--facts.regions', 'eu', '--facts.regions', 'us')).toEqual({ facts: { regions: ['eu', 'us'] } });
  expect(parseInput('run', commands.run, ['--what', 'shop-rollback', '--parameters.version', '1.10'])).toEqual({
    what: 'shop-rollback',
    parameters: { version: '1.10' },
  });
});

test.each<[CommandName, string, string]>([
  ['assess', '--facts.usersAffectedPercent many', '--facts.usersAffectedPercent: expected a number; got "many"'],
  ['assess', '--facts.usersAffectedPercent 160', '--facts.usersAffectedPercent: expected number to be <=100; got 160'],
  ['assign', '--role chief --person ben', '--role: expected one of incident-commander, technical-lead'],
  ['assign', '--role scribe', '--person: is needed'],
  ['page', '--whoom ben', '--whoom: page has no such field; did you mean --whom?'],
  ['page', '--whom', '--whom: expected a value after it'],
  ['page', 'ben', 'did not expect "ben": the fields of page are given as --name value'],
  ['note', '--text a --text b', '--text is given twice'],
  ['acknowledge', '--proven true', '--proven: acknowledge has no such field'],
])('%s %s is refused, naming the field and what was expected', (name, line, said) => {
  const read = () =>
    checkInput(name, commands[name], { ...parseInput(name, commands[name], line.split(' ')), by: 'ana' });

  expect(read).toThrow(said);
});

test.each([
  ['assess --facts.usersAffectedPercent many', '--facts.usersAffectedPercent: expected a number; got "many"'],
  ['acknowlege', 'there is no command "acknowlege"; did you mean acknowledge?'],
  ['alert', 'alerts come in at POST /api/v1/alerts/<source>'],
])('do shop %s exits with 2 before anything is sent', async (line, said) => {
  const { code, stdout, stderr } = await cli(['do', 'shop', ...line.split(' ')], { FIREBREAK_PORT: '1' });

  expect(code).toBe(2);
  expect(stderr).toContain(said);
  expect(stderr).not.toMatch(/^ {4}at /m);
  expect(stdout).toBe('');
});

test('names that every object has are fields of none', () => {
  for (const name of ['__proto__', 'constructor', 'parameters.__proto__.x'])
    expect(() => parseInput('assess', commands.assess, [`--${name}`, 'x'])).toThrow('no such field');
  expect(parseInput('run', commands.run, ['--what', 'x', '--parameters.__proto__', 'y'])).not.toHaveProperty('y');
});

test('what a crisis refuses is a failure, with its reason', async () => {
  const { env, crises, crisisId } = await startNight();
  crises.set(crisisId, { ...crises.get(crisisId)!, status: 'closed' });
  const ran = await cli(['do', 'shop', 'mitigate', '--json'], env);

  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain('cannot mitigate: the crisis is closed');
  expect(documentOf(ran)).toMatchObject({ error: { status: 409, message: 'cannot mitigate: the crisis is closed' } });
});

test('without a worker the command is taken, which is said', async () => {
  const { env, server, commands: given } = await startNight();
  server.state = 'noWorker';
  const ran = await cli(['ack', 'shop', '--note', 'on my way', '--by', 'ben'], env);

  expect(ran).toMatchObject({ code: 0, stderr: '' });
  expect(ran.stdout).toContain('is taken and will not be lost; no worker is there just now');
  expect(given).toMatchObject([{ command: 'acknowledge', input: { by: 'ben', note: 'on my way' } }]);
});

test('without a command it lists what is welcome now, what is not, and why', async () => {
  const { env } = await startNight();
  const { code, stdout } = await cli(['do', 'shop'], env);

  expect(code).toBe(0);
  const [welcome = '', notNow = ''] = stdout.split('Not now:');
  expect(welcome).toMatch(/page +summon a person.*\n +--whom <text> \[--reason <text>\]/);
  expect(notNow).toMatch(/reopen +the crisis is mitigated/);
  expect(notNow).toMatch(/promote +it is a crisis already/);

  const { commands: choices } = documentOf(await cli(['do', 'shop', '--json'], env)) as { commands: unknown[] };
  expect(choices).toHaveLength(openCommandNames.length);
});

test('the help of one command shows all its fields', async () => {
  const { code, stdout } = await cli(['do', 'shop', 'assign', '--help']);

  expect(code).toBe(0);
  expect(stdout).toMatch(/--role <role> +needed; one of incident-commander, technical-lead/);
  expect(stdout).toMatch(/--person <text> +needed/);
});

test('resolve is short for do resolve', async () => {
  const { env, commands: given } = await startNight();
  const ran = await cli(['resolve', 'shop', '--reason', 'false alarm', '--json'], env);

  expect(documentOf(ran)).toMatchObject({ command: 'resolve', status: 'done', answer: { severity: 'P0' } });
  expect(given).toMatchObject([{ command: 'resolve', input: { reason: 'false alarm', by: 'ana', via: 'cli' } }]);
});
