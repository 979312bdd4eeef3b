import type { z } from 'zod';
import { nearest } from '../../../src/domain/nearest.js';
import { misused } from '../../output/fault.js';
import { fieldsOf, type Field } from './fields.js';
import { matching, optionOf, type Match } from './option.js';
import { valueOf } from './value.js';

export type Input = Record<string, unknown>;
type Given = { match: Match; option: string; text: string };

/** Filled in from elsewhere, or for nobody to say on a command line. */
const notHere: ReadonlySet<string> = new Set(['by', 'via', 'proven', 'proof', 'crisis']);

/** The fields of a command that a person may give. */
export const fieldsFor = (schema: z.ZodType): Field[] =>
  fieldsOf(schema).filter(({ path }) => !notHere.has(path[0] ?? ''));

const mostShown = 6;

const unknown = (command: string, name: string, fields: readonly Field[]): Error => {
  const names = fields.map(({ path }) => path.join('.'));
  const meant = nearest(name, [...names, ...names.map((each) => each.split('.').at(-1) ?? each)]);
  const takes = fields.flatMap(({ path }) => (path[0] === 'id' ? [] : [optionOf(path)]));
  const shown =
    takes.length > mostShown ? `${takes.slice(0, mostShown).join(', ')} … (--help lists all)` : takes.join(', ');
  return misused(
    meant === undefined
      ? `--${name}: ${command} has no such field; it takes ${shown || 'none'}`
      : `--${name}: ${command} has no such field; did you mean --${meant}?`,
    { field: name },
  );
};

/** One option with its value, and how many words it took. A boolean alone is true, and with `no-` before it false. */
const readOne = (command: string, words: readonly string[], fields: readonly Field[]): Given & { took: number } => {
  const [word = '', following] = words;
  if (!word.startsWith('--'))
    throw misused(`did not expect "${word}": the fields of ${command} are given as --name value, texts in quotes`);
  const [name = '', ...inline] = word.slice(2).split('=');
  const match = matching(fields, name);
  const option = `--${name}`;
  if (match && inline.length > 0) return { match, option, text: inline.join('='), took: 1 };
  const negated = match ? undefined : matching(fields, name.replace(/^no-/, ''));
  if (negated?.field.kind === 'boolean') return { match: negated, option, text: 'false', took: 1 };
  if (!match) throw unknown(command, name, fields);
  const isFlag = match.field.kind === 'boolean' && !/^(true|false|yes|no)$/i.test(following ?? '');
  if (isFlag) return { match, option, text: 'true', took: 1 };
  if (following === undefined || (following.startsWith('--') && following.length > 2))
    throw misused(`${option}: expected a value after it`, { field: match.path.join('.') });
  return { match, option, text: following, took: 2 };
};

const put = (input: Input, { match: { field, path }, option, text }: Given): void => {
  const value = valueOf(option, field, text);
  const last = path.at(-1) ?? '';
  let here = input;
  for (const part of path.slice(0, -1)) here = (here[part] ??= {}) as Input;
  const before = Object.hasOwn(here, last) ? here[last] : undefined;
  if (before !== undefined && !field.list) throw misused(`${option} is given twice`, { field: path.join('.') });
  Object.defineProperty(here, last, {
    value: field.list ? [...((before as unknown[] | undefined) ?? []), value] : value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
};

/** Reads `--key value …` by a command's schema. Throws a `Fault` that names the option, what was expected and what came. */
export const parseInput = (command: string, schema: z.ZodType, argv: readonly string[]): Input => {
  const fields = fieldsFor(schema);
  const input: Input = {};
  let left = argv;
  while (left.length > 0) {
    const given = readOne(command, left, fields);
    put(input, given);
    left = left.slice(given.took);
  }
  return input;
};

const at = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[part] : undefined,
    input,
  );

/** Checks what will be sent against the schema itself; throws, naming every field that is wrong. */
export const checkInput = (command: string, schema: z.ZodType, input: Input): void => {
  const parsed = schema.safeParse(input);
  if (parsed.success) return;
  const faults = parsed.error.issues.map(({ path, message }) => {
    const came = at(input, path);
    const said = message.replace(/^(Invalid input|Invalid option|Too \w+): /, '').replaceAll('|', ', ');
    return { path, message: came === undefined ? 'is needed' : `${said}; got ${JSON.stringify(came)}` };
  });
  throw misused(
    [
      ...faults.map(({ path, message }) => `${path.length > 0 ? optionOf(path) : command}: ${message}`),
      `See: npx firebreak do <crisis> ${command} --help`,
    ].join('\n'),
    { errors: faults.map(({ path, message }) => ({ field: path.join('.'), message })) },
  );
};
