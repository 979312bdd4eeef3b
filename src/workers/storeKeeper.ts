import { openStore, type StoreOptions } from '../store/openStore.js';
import type { OpenedStore, Store } from '../store/store.js';

/** A store that may not be open yet. */
export type KeptStore = {
  /** Undefined until the database could be reached once. */
  now: () => OpenedStore | undefined;
  /** The same, as a store whose calls fail plainly until then. */
  store: Store;
};

const tryAgainAfterMs = 3_000;

/** Opens the store, and goes on trying while the database is down: paging does not wait for it. */
export const keepStoreOpen = async (options: StoreOptions, say: (line: string) => void): Promise<KeptStore> => {
  let open: OpenedStore | undefined;
  let again: NodeJS.Timeout | undefined;
  let closed = false;
  const subscribers = new Map<Parameters<Store['subscribe']>[0], (() => void) | undefined>();

  const attempt = async (): Promise<void> => {
    try {
      const store = await openStore(options);
      if (closed) {
        await store.close();
        return;
      }
      open = store;
      for (const told of subscribers.keys()) subscribers.set(told, store.subscribe(told));
    } catch (error) {
      // PGlite is ours alone: another process that holds it will not go away by waiting.
      if (options.databaseUrl === undefined) throw error;
      say(
        `the database cannot be reached; crises go on without it: ${error instanceof Error ? error.message : String(error)}`,
      );
      if (!closed) again = setTimeout(() => void attempt(), tryAgainAfterMs);
    }
  };
  await attempt();

  const now = (): Store => {
    if (!open) throw new Error('the database has not been reached yet');
    return open;
  };
  const store: Store = {
    project: async (projection) => now().project(projection),
    keepAlerts: async (records) => now().keepAlerts(records),
    archive: async (archive) => now().archive(archive),
    reportDelivery: async (ref, status, reason) => now().reportDelivery(ref, status, reason),
    crisis: async (idOrKey) => now().crisis(idOrKey),
    crises: async (filter) => now().crises(filter),
    timeline: async (crisisId) => now().timeline(crisisId),
    deliveries: async (crisisId) => now().deliveries(crisisId),
    stuckDeliveries: async (before, limit) => now().stuckDeliveries(before, limit),
    alerts: async (filter) => now().alerts(filter),
    silenced: async () => now().silenced(),
    archived: async (crisisId) => now().archived(crisisId),
    subscribe: (told) => {
      subscribers.set(told, open?.subscribe(told));
      return () => {
        subscribers.get(told)?.();
        subscribers.delete(told);
      };
    },
    ping: async () => now().ping(),
    close: async () => {
      closed = true;
      clearTimeout(again);
      await open?.close();
    },
  };
  return { now: () => open, store };
};
