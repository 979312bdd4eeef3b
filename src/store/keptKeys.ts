import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiKey } from '../domain/apiKey.js';
import type { ApiKeys } from '../domain/authenticate.js';

type Needs = {
  /** The keys of the database; throws or is undefined while that is away. */
  keys: () => ApiKeys | undefined;
  /** The administrator of this machine, whom no database has to know. */
  local?: ApiKey;
  now: () => number;
};

/** What is known is asked for anew after so long, so that a key revoked elsewhere ends soon. */
const freshForMs = 5_000;
/**
 * However many unknown keys are tried, the database is asked no more often than this: whoever shows one waits for the next time,
 * since it may just have been made. It is not waited for any longer.
 */
const askedEveryMs = 1_000;
const waitsMs = 1_000;

const afterwards = (ms: number): Promise<never> =>
  new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`the database did not answer within ${ms} ms`)), ms).unref();
  });

/**
 * Keys in memory, so that proving who somebody is does not wait for a database, and goes on while it is down. What has
 * never been read cannot be known: then looking for a key fails.
 */
export const keepKeys = ({ keys, local, now }: Needs): ApiKeys => {
  let known: ReadonlyMap<string, ApiKey> | undefined;
  let readAt = -Infinity;
  let askedAt = -Infinity;
  let reading: Promise<void> | undefined;
  let fault: unknown;

  const open = (): ApiKeys => {
    const found = keys();
    if (!found) throw new Error('the database has not been reached yet');
    return found;
  };
  const read = async (): Promise<void> => {
    try {
      const list = await open().list();
      known = new Map(list.map((key) => [key.id, key]));
      readAt = now();
    } catch (error) {
      fault = error;
    }
  };
  const readOnce = (): Promise<void> => {
    askedAt = now();
    return (reading ??= read().finally(() => (reading = undefined)));
  };

  const mayAsk = (): boolean => now() - askedAt > askedEveryMs;
  let next: Promise<void> | undefined;
  const readNext = (): Promise<void> =>
    (next ??= sleep(Math.max(0, askedAt + askedEveryMs - now())).then(() => {
      next = undefined;
      return readOnce();
    }));

  return {
    find: async (id) => {
      if (local?.id === id) return local;
      const found = known?.get(id);
      if (found) {
        if (now() - readAt > freshForMs && mayAsk()) void readOnce();
        return found;
      }
      // While nothing has ever been read, nobody waits for a database that has just failed.
      const asked = known || mayAsk() ? readNext() : reading;
      await Promise.race([asked, afterwards(askedEveryMs + waitsMs)]).catch(() => undefined);
      if (!known) throw fault instanceof Error ? fault : new Error('no key has been read from the database yet');
      return known.get(id);
    },
    keep: async (key) => {
      await open().keep(key);
      await readOnce();
    },
    list: async () => [...(await open().list()), ...(local ? [local] : [])],
    revoke: async (id, at) => {
      const revoked = await open().revoke(id, at);
      await reading;
      await readOnce();
      return revoked;
    },
  };
};
