/** A signal that ends with the caller's or after so many milliseconds, whichever comes first. */
export const within = (signal: AbortSignal, timeoutMs: number): AbortSignal =>
  AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);

/** Why it ended, for a person: called off by the caller, or too slow. */
export const whyEnded = (signal: AbortSignal, timeoutMs: number): string =>
  signal.aborted ? 'called off while it was under way' : `no answer within ${timeoutMs} ms`;
