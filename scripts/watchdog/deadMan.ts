import type { Watchdog } from '../../src/domain/settings.js';
import { firstLine } from '../parts/part.js';
import type { Say } from '../stack/say.js';

const withinMs = 5_000;

/** `unsure`: something was seen once, which may be a hiccup, or could not be told to anybody. */
export type Health = 'well' | 'unsure' | 'wrong';

/**
 * The other watchdog, somewhere else: it is called at its interval while all is well, and raises the alarm when it hears
 * nothing. While something is known to be wrong its `failUrl` is called instead, where it has one.
 */
export const createDeadMan = (say: Say, now: () => number) => {
  let last: { at: number; health: Health } | undefined;

  const call = async (url: string): Promise<void> => {
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(withinMs) });
      await answer.body?.cancel();
      if (!answer.ok) say(`the dead-man check answered ${answer.status}`);
    } catch (error) {
      say(`the dead-man check cannot be reached: ${firstLine(error)}`);
    }
  };

  return async (deadMan: Watchdog['deadMan'], health: Health): Promise<void> => {
    if (!deadMan || health === 'unsure') return;
    const at = now();
    if (last?.health === health && at - last.at < deadMan.everyMs) return;
    last = { at, health };
    const url = health === 'well' ? deadMan.url : deadMan.failUrl;
    if (url !== undefined) await call(url);
  };
};
