import { setTimeout as sleep } from 'node:timers/promises';

/** Looks again and again until there is something to see; says what it waited for when there is nothing within the limit. */
export const until = async <T>(
  what: string,
  look: () => Promise<T | undefined> | T | undefined,
  limitMs = 60_000,
): Promise<T> => {
  const deadline = Date.now() + limitMs;
  while (Date.now() < deadline) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await sleep(100);
  }
  throw new Error(`waited ${limitMs / 1000} s for ${what}`);
};
