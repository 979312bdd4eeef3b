import { afterAll, beforeAll, describe } from '@jest/globals';
import { rm } from 'node:fs/promises';
import { openStore } from '../../../src/store/openStore.js';
import { freshData } from '../../support/freshData.js';
import type { OpenedStore } from '../../../src/store/store.js';
import { startPostgres } from '../../support/parts.js';

/** Tells the same stories on both engines; each gets an empty store of its own. */
export const onBothEngines = (stories: (store: () => OpenedStore) => void): void => {
  describe.each(['PGlite', 'PostgreSQL'])('on %s', (engine) => {
    let store: OpenedStore;
    let dataDir: string;
    let server: Awaited<ReturnType<typeof startPostgres>> | undefined;

    beforeAll(async () => {
      dataDir = await freshData('firebreak-store-');
      if (engine === 'PostgreSQL') server = await startPostgres();
      store = await openStore({ dataDir, databaseUrl: server?.url });
    });
    afterAll(async () => {
      await store.close();
      await server?.stop();
      await rm(dataDir, { recursive: true, force: true });
    });

    stories(() => store);
  });
};
