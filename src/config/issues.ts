import type { z } from 'zod';
import { nearest } from '../domain/nearest.js';
import type { Path } from './document.js';
import { knownKeys } from './knownKeys.js';

type Issue = z.core.$ZodIssue;

/** A fault of the schema in words, and whether it is about a key or about what stands under it. */
export type SchemaFault = { path: Path; part: 'key' | 'value'; message: string };

/** How a value may be shown; the caller hides what is secret. */
export type Show = (path: Path, value: unknown) => string;

export const valueAt = (data: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, part)
        ? (value as Record<string | number, unknown>)[part]
        : undefined,
    data,
  );

const plainPath = (path: readonly PropertyKey[]): Path =>
  path.map((part) => (typeof part === 'number' ? part : String(part)));

const kinds: Readonly<Record<string, string>> = {
  record: 'a section with names',
  object: 'a section',
  array: 'a list',
  int: 'a whole number',
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
};
const kind = (expected: string) => kinds[expected] ?? expected;

const formats: Readonly<Record<string, string>> = {
  url: 'expected a URL such as https://example.com',
  datetime: 'expected a local date and time such as 2026-01-05T09:00',
};

const mostListed = 15;
const listed = (values: readonly string[]): string =>
  values.length > mostListed ? `${values.slice(0, mostListed).join(', ')} …` : values.join(', ');

/** What is expected, in words; the message of the schema where it has one of its own. */
const expectation = (issue: Issue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${kind(issue.expected)}`;
    case 'invalid_value':
      return `expected ${issue.values.length > 1 ? 'one of ' : ''}${listed(issue.values.map(String))}`;
    case 'invalid_format':
      return formats[issue.format] ?? issue.message;
    case 'too_small':
    case 'too_big':
      return issue.message.replace(/^Too (small|big): /, '');
    default:
      return issue.message;
  }
};

const suggestion = (issue: Issue, value: unknown): string => {
  if (issue.code !== 'invalid_value' || typeof value !== 'string') return '';
  const near = nearest(value, issue.values.map(String));
  return near === undefined ? '' : `; did you mean "${near}"?`;
};

const unknownKey = (key: string, known: readonly string[]): string => {
  const near = nearest(key, known);
  if (near !== undefined) return `there is no setting "${key}"; did you mean "${near}"?`;
  return `there is no setting "${key}" here${known.length > 0 ? `; there are ${known.join(', ')}` : ''}`;
};

/** Of the ways a value could have been meant, the one that its keys speak for. */
const likeliest = (branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined => {
  const strangeness = (issues: readonly Issue[]) =>
    issues.filter(({ code, path }) => code === 'unrecognized_keys' && path.length === 0).length * 10 + issues.length;
  const deep = branches.filter(
    (issues) => !issues.some(({ code, path }) => code === 'invalid_type' && path.length === 0),
  );
  return [...deep].sort((a, b) => strangeness(a) - strangeness(b))[0];
};

const ofUnion = (
  issue: Extract<Issue, { code: 'invalid_union' }>,
  path: Path,
  data: unknown,
  show: Show,
): SchemaFault[] => {
  const value = valueAt(data, path);
  if ('options' in issue && Array.isArray(issue.options))
    return [{ path, part: 'value', message: `expected one of ${issue.options.join(', ')}; ${show(path, value)}` }];
  const branch = likeliest(issue.errors);
  if (branch) return branch.flatMap((each) => schemaFaults({ ...each, path: [...path, ...each.path] }, data, show));
  const ways = issue.errors.flatMap((errors) => errors.map(expectation)).map((each) => each.replace(/^expected /, ''));
  return [{ path, part: 'value', message: `expected ${[...new Set(ways)].join(' or ')}; ${show(path, value)}` }];
};

/** What one issue of zod says about our file. */
export const schemaFaults = (issue: Issue, data: unknown, show: Show): SchemaFault[] => {
  const path = plainPath(issue.path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: [...path, key],
        part: 'key' as const,
        message: unknownKey(key, knownKeys(path, valueAt(data, path))),
      }));
    case 'invalid_key':
      return issue.issues.map(({ message }) => ({ path, part: 'key' as const, message }));
    case 'invalid_union':
      return ofUnion(issue, path, data, show);
    default: {
      const value = valueAt(data, path);
      const words = expectation(issue);
      const got = words.includes('; got') ? '' : `; ${show(path, value)}`;
      return [{ path, part: 'value', message: `${words}${got}${suggestion(issue, value)}` }];
    }
  }
};
