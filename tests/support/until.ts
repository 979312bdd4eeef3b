import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for what is expected, with a limit; on the way out it says what was there instead. */
export const until = async <T>(
  what: string,
  look: () => Promise<T | undefined | false> | T | undefined | false,
  limitMs = 45_000,
): Promise<T> => {
  const ends = Date.now() + limitMs;
  let last: unknown;
  while (Date.now() < ends) {
    try {
      const seen = await look();
      if (seen !== undefined && seen !== false) return seen;
      last = seen;
    } catch (error) {
      last = error;
    }
    await sleep(25);
  }
  throw new Error(
    `not within ${limitMs} ms: ${what}; last seen: ${last instanceof Error ? inWords(last) : JSON.stringify(last)}`,
  );
};

const inWords = ({ message, cause }: Error): string =>
  cause instanceof Error ? `${message}: ${inWords(cause)}` : message;
