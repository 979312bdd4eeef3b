import { NoSuchCrisis, Unreachable } from '../client/firebreak.js';
import type { Store } from '../store/store.js';
import type { Context } from './parts.js';
import { TooLate, within } from './within.js';

/** The database cannot be asked: it is down, too slow, or was never configured. */
export class StoreDown extends Error {
  override readonly name = 'StoreDown';
}

/** Asks the store, within the time for answers. */
export const fromStore = async <T>(
  { store, answerWithinMs, logger }: Context,
  ask: (store: Store) => Promise<T>,
): Promise<T> => {
  if (!store) throw new StoreDown('this needs the database, and none is configured here');
  try {
    return await within(ask(store), answerWithinMs);
  } catch (error) {
    logger?.warn({ err: error }, 'the store did not answer');
    throw new StoreDown('this needs the database, which does not answer');
  }
};

const mayBeInStore = (error: unknown): boolean =>
  error instanceof NoSuchCrisis || error instanceof Unreachable || error instanceof TooLate;

/**
 * What the running crisis itself says, or what the store last heard of it when the crisis has ended, does not answer in
 * time or cannot be reached. Throws what the crisis threw when the store does not know it either.
 */
export const liveOrStored = async <Live, Stored>(
  context: Context,
  live: () => Promise<Live>,
  stored: (store: Store) => Promise<Stored | undefined>,
): Promise<Live | Stored> => {
  try {
    return await within(live(), context.answerWithinMs);
  } catch (error) {
    if (!mayBeInStore(error)) throw error;
    // No store at all: then what the crisis said is all that can be known.
    const found = context.store && (await fromStore(context, stored));
    if (found !== undefined) return found;
    throw error instanceof TooLate
      ? new Unreachable('the crisis does not answer, and the store does not know it')
      : error;
  }
};
