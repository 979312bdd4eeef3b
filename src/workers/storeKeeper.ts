import { openStore, type StoreOptions } from '../store/openStore.js';
import type { Store } from '../store/store.js';

export type StoreKeeper = {
  /** The store as it is now; undefined until the database could be reached once. */
  store: () => Store | undefined;
  close: () => Promise<void>;
};

const tryAgainAfterMs = 3_000;

/** Opens the store, and goes on trying while the database is down: paging does not wait for it. */
export const keepStoreOpen = async (options: StoreOptions, say: (line: string) => void): Promise<StoreKeeper> => {
  let store: Store | undefined;
  let again: NodeJS.Timeout | undefined;
  let closed = false;

  const open = async (): Promise<void> => {
    try {
      store = await openStore(options);
      if (closed) await store.close();
    } catch (error) {
      // PGlite is ours alone: another process that holds it will not go away by waiting.
      if (options.databaseUrl === undefined) throw error;
      say(
        `the database cannot be reached, crises go on without it: ${error instanceof Error ? error.message : String(error)}`,
      );
      if (!closed) again = setTimeout(() => void open(), tryAgainAfterMs);
    }
  };
  await open();

  return {
    store: () => store,
    close: async () => {
      closed = true;
      clearTimeout(again);
      await store?.close();
    },
  };
};
