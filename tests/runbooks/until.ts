import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again until the answer is as expected, for three quarters of a minute at most; an error counts as not yet. */
export const until = async <T>(
  ask: () => T | Promise<T>,
  expected: (answer: T) => boolean,
  limitMs = 45_000,
): Promise<T> => {
  const deadline = performance.now() + limitMs;
  let last: unknown;
  while (performance.now() < deadline) {
    try {
      const answer = await ask();
      if (expected(answer)) return answer;
      last = answer;
    } catch (error) {
      last = error;
    }
    await sleep(30);
  }
  throw new Error(`still not as expected after ${limitMs} ms; last: ${String(last)}`);
};
