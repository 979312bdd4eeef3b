import { createGathering } from '../domain/intake/umbrella.js';
import { remember } from './newest.js';

/** How long a cause goes on by the way it went, and what was seen to run counts as running. */
const keptMs = 30_000;
const runningMs = 600_000;
/** So many messages to one crisis within ten seconds, and the next ones are gathered first. */
const hotMessages = 50;
const hotMs = 10_000;

/**
 * What this process knows of the way to each crisis. It is a memory to save messages by, never the truth: who finds
 * it wrong falls back on what always works.
 */
export const createRoutes = (nowMs: () => number) => {
  const running = new Map<string, number>();
  const sharded = new Map<string, number>();
  const umbrellas = new Map<string, string>();
  const messages = new Map<string, number[]>();
  const isFresh = (since: number | undefined, forMs: number): boolean => since !== undefined && since > nowMs() - forMs;

  return {
    gathering: createGathering(),
    isRunning: (key: string): boolean => isFresh(running.get(key), runningMs),
    runs: (key: string): void => remember(running, key, nowMs()),
    isGone: (key: string): void => void running.delete(key),

    /** Once in a shard, what follows goes the same way, or it would overtake. */
    goesByShard: (key: string): boolean => isFresh(sharded.get(key), keptMs),
    byShard: (key: string): void => remember(sharded, key, nowMs()),

    /** Another message to a crisis: true when it has had so many that they had better be gathered. */
    isHot: (key: string): boolean => {
      const recent = (messages.get(key) ?? []).filter((at) => at > nowMs() - hotMs);
      remember(messages, key, [...recent, nowMs()].slice(-hotMessages));
      return recent.length >= hotMessages;
    },

    umbrellaOf: (cause: string): string | undefined => umbrellas.get(cause),
    belongs: (cause: string, umbrella: string): void => remember(umbrellas, cause, umbrella),
    isOnItsOwn: (cause: string): void => void umbrellas.delete(cause),
  };
};
export type Routes = ReturnType<typeof createRoutes>;
