import { keepRecords, readAlerts } from './alerts.js';
import type { Database, StoreLogger } from './database.js';
import { keepReport, readDeliveries } from './ledger.js';
import { openPglite } from './pglite.js';
import { openPostgres } from './postgres.js';
import { createProjecting } from './projecting.js';
import { readArchive, readCrises, readCrisis, readTimeline } from './reading.js';
import { storable } from './storable.js';
import type { Store } from './store.js';
import { archives } from './tables/archives.js';

export type StoreOptions = {
  /** A PostgreSQL server, 15 or newer. Without it the store is PGlite under `dataDir`, for this process alone. */
  databaseUrl?: string | undefined;
  dataDir: string;
  logger?: StoreLogger;
};

const silent: StoreLogger = { info: () => undefined, warn: () => undefined };

/**
 * Opens the store and brings its tables up to date. Throws StoreLocked when another process has the folder open, and
 * the driver's error within three seconds when the server cannot be reached.
 */
export const openStore = async ({ databaseUrl, dataDir, logger = silent }: StoreOptions): Promise<Store> =>
  storeOn(databaseUrl ? await openPostgres(databaseUrl, logger) : await openPglite(dataDir));

const storeOn = (database: Database): Store => {
  const { sql } = database;
  return {
    project: createProjecting(database),
    keepAlerts: (records) => keepRecords(sql, records),
    archive: async (archive) => {
      const row = storable({ ...archive, closedAt: new Date(archive.closedAt) });
      await sql.insert(archives).values(row).onConflictDoNothing();
    },
    reportDelivery: (ref, status, reason) => keepReport(sql, ref, status, reason),
    crisis: (idOrKey) => readCrisis(sql, idOrKey),
    crises: (filter) => readCrises(sql, filter),
    timeline: (crisisId) => readTimeline(sql, crisisId),
    deliveries: (crisisId) => readDeliveries(sql, crisisId),
    alerts: (filter) => readAlerts(sql, filter),
    archived: (crisisId) => readArchive(sql, crisisId),
    subscribe: (told) => database.listen(told),
    ping: () => database.ping(),
    close: () => database.close(),
  };
};
