import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from './api.js';

/** Where the stream does not reach, asking again does. */
const askAgainAfterMs = 2_000;

type Following = {
  api: ApiClient;
  crisisId: string;
  signal: AbortSignal;
  /** Looks at what is new; `over` ends the following. */
  look: () => Promise<'on' | 'over'>;
  /** Told once when looking begins to fail; it is tried again until the signal ends it. */
  onTrouble: (error: unknown) => void;
};

const pause = (signal: AbortSignal): Promise<unknown> =>
  // Being woken is how this sleep mostly ends.
  sleep(askAgainAfterMs, undefined, { signal }).catch(() => undefined);

/** Knocks at each change of the crisis that the stream tells of; comes back to a stream that broke. */
const listen = async ({ api, crisisId, signal }: Following, knock: () => void): Promise<void> => {
  while (!signal.aborted) {
    try {
      for await (const change of api.changes(signal)) if (change.crisisId === crisisId) knock();
    } catch {
      // Without the stream the clock goes on alone.
    }
    await pause(signal);
  }
};

/** Looks whenever the crisis may have changed, and at least every two seconds, until it is over or the signal ends it. */
export const follow = async (following: Following): Promise<void> => {
  const { signal, look, onTrouble } = following;
  let knocking = new AbortController();
  let troubled = false;
  void listen(following, () => knocking.abort());
  for (;;) {
    await pause(AbortSignal.any([signal, knocking.signal]));
    if (signal.aborted) return;
    if (knocking.signal.aborted) knocking = new AbortController();
    try {
      if ((await look()) === 'over') return;
      troubled = false;
    } catch (error) {
      if (!troubled) onTrouble(error);
      troubled = true;
    }
  }
};
