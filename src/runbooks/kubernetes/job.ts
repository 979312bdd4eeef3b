import type { Apis } from './apis.js';

/** What every kind of work in a cluster has to hand. */
export type Job = {
  apis: Apis;
  namespace: string;
  /** The idempotency key of the run. It is noted on what the run changes, so that a second attempt knows the first one’s work. */
  key: string;
  everyMs: number;
  signal: AbortSignal;
  say: (line: string) => void;
};

/** It was not done, for a reason that a person can read and mend. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
