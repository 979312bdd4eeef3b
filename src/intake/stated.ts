import { z } from 'zod';
import { Facts, factNames } from '../domain/facts.js';
import { line } from './text.js';
import { timeOf } from './time.js';

/** A time in a body of our own design: ISO 8601, or milliseconds since 1970. */
export const Time = z
  .union([z.string(), z.number()])
  .refine(
    (value) => timeOf(value, Number.MAX_SAFE_INTEGER) !== undefined,
    'expected a time such as 2026-01-05T09:00:00Z',
  );

export const timeGiven = (value: string | number | null | undefined, now: number): number | undefined =>
  timeOf(value, now);

const known: ReadonlySet<string> = new Set(factNames);

/** Facts as a body of our own design states them. A name we do not know is told, since a slip in it could cost a P0. */
export const statedFacts = (
  from: z.output<ReturnType<typeof Facts.loose>>,
): { facts: Facts; notUnderstood: string[] } => ({
  facts: Object.fromEntries(Object.entries(from).filter(([name]) => known.has(name))),
  notUnderstood: Object.keys(from)
    .filter((name) => !known.has(name))
    .slice(0, 20)
    .map((name) => `fact ${line(name, 60)}`),
});
