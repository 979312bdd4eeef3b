import type { z } from 'zod';

/** One thing wrong with a body: where, as a JSON pointer, and what was expected and came. */
export type Fault = { pointer: string; detail: string };

type Path = readonly PropertyKey[];

export const pointerTo = (path: Path): string =>
  path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** The value at a path of own properties; undefined where the path leads nowhere. */
export const valueAt = (body: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    body,
  );

const kinds = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (isObject(value)) return 'an object';
  if (typeof value !== 'string') return `${value as number | boolean | null}`;
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
};

const expected = (message: string): string =>
  message.replace(/^Invalid (input|option): /, '').replace(/, received .*$/, '');

/** A validator's issues as faults, each with what came instead. At most fifty: nobody reads more. */
export const faultsOf = (issues: readonly z.core.$ZodIssue[], body: unknown): Fault[] =>
  issues.slice(0, 50).map(({ path, message }) => ({
    pointer: pointerTo(path),
    detail: `${expected(message)}; got ${kinds(valueAt(body, path))}`,
  }));

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
