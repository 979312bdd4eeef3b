import { isDeepStrictEqual } from 'node:util';

const short = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
};

const isBranch = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Where two values first part, and what stands there in each; undefined when they are alike. */
export const firstDifference = (
  expected: unknown,
  got: unknown,
  path = '',
): { path: string; expected: string; got: string } | undefined => {
  if (isDeepStrictEqual(expected, got)) return undefined;
  if (!isBranch(expected) || !isBranch(got) || Array.isArray(expected) !== Array.isArray(got))
    return { path, expected: short(expected), got: short(got) };
  for (const key of new Set([...Object.keys(expected), ...Object.keys(got)])) {
    const found = firstDifference(expected[key], got[key], path === '' ? key : `${path}.${key}`);
    if (found) return found;
  }
  return undefined;
};
