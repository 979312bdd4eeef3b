import { createHash } from 'node:crypto';
import { line } from './text.js';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

/** A sender's own key, as it is when it fits; a longer one keeps its start and is told apart by its digest. */
export const keyOf = (text: string, most = 512): string => {
  const clean = line(text, Number.POSITIVE_INFINITY);
  return clean.length <= most ? clean : `${clean.slice(0, most - 33)}~${digest(clean)}`;
};

/** The key of an alert whose sender gave none: the same parts give the same key, so that a repeat folds. */
export const derivedKey = (...parts: readonly (string | undefined)[]): string =>
  `derived-${digest(JSON.stringify(parts))}`;
