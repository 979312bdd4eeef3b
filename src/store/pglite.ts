import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { EventEmitter } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from './database.js';
import { takeLock } from './lock.js';
import { migrationsFolder } from './migrations.js';
import type { Change } from './store.js';

/** PostgreSQL inside this process, its files under the data folder. One process at a time; throws StoreLocked otherwise. */
export const openPglite = async (dataDir: string): Promise<Database> => {
  await mkdir(dataDir, { recursive: true });
  const unlock = await takeLock(join(dataDir, 'pglite.lock'));
  try {
    const engine = await PGlite.create(join(dataDir, 'pglite'));
    const sql = drizzle(engine);
    await migrate(sql, { migrationsFolder });
    return database(engine, sql, unlock);
  } catch (error) {
    await unlock();
    throw error;
  }
};

const database = (engine: PGlite, sql: ReturnType<typeof drizzle>, unlock: () => Promise<void>): Database => {
  const changes = new EventEmitter().setMaxListeners(0);
  return {
    sql,
    transaction: (work) => sql.transaction(work),
    ping: async () => {
      await engine.query('select 1');
    },
    // Nobody else can be listening, and the reader's own query waits its turn behind this transaction.
    announce: (_, change) => Promise.resolve(void changes.emit('change', change)),
    listen(told: (change: Change) => void) {
      changes.on('change', told);
      return () => changes.off('change', told);
    },
    async close() {
      await engine.close();
      await unlock();
    },
  };
};
