/** Nothing came in time. */
export class TooLate extends Error {
  override readonly name = 'TooLate';
}

/** What the promise gives, or TooLate after so many milliseconds; the work itself goes on unheard. */
export const within = async <T>(promise: Promise<T>, limitMs: number): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooLate(`no answer within ${limitMs} ms`)), limitMs);
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
};
