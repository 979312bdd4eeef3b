import { createApiKeys } from './apiKeys.js';
import { keepRecords, readAlerts, readSilenced } from './alerts.js';
import type { Database, StoreLogger } from './database.js';
import { createChains } from './chains.js';
import { keepArchive, readArchive } from './archive.js';
import { plainly } from './failures.js';
import { keepReport, readDeliveries } from './ledger.js';
import { readStuckDeliveries } from './stuck.js';
import { openPglite } from './pglite.js';
import { openPostgres } from './postgres.js';
import { createProjecting } from './projecting.js';
import { readCrises, readCrisis, readTimeline } from './reading.js';
import type { OpenedStore } from './store.js';

export type StoreOptions = {
  /** A PostgreSQL server, 15 or newer. Without it the store is PGlite under `dataDir`, for this process alone. */
  databaseUrl?: string | undefined;
  dataDir: string;
  logger?: StoreLogger;
};

const silent: StoreLogger = { info: () => undefined, warn: () => undefined };

/**
 * Opens the store and brings its tables up to date. Throws StoreLocked when another process has the folder open, and
 * StoreFailed within three seconds when the server cannot be reached.
 */
export const openStore = async ({ databaseUrl, dataDir, logger = silent }: StoreOptions): Promise<OpenedStore> =>
  storeOn(databaseUrl ? await plainly(openPostgres)(databaseUrl, logger) : await openPglite(dataDir));

/** What the store does, each failing with StoreFailed when the database does not. */
const storeOn = (database: Database): OpenedStore => {
  const { sql } = database;
  return {
    project: plainly(createProjecting(database)),
    keepAlerts: plainly((records) => keepRecords(sql, records)),
    archive: plainly((archive) => keepArchive(sql, archive)),
    reportDelivery: plainly((ref, status, reason) => keepReport(sql, ref, status, reason)),
    crisis: plainly((idOrKey) => readCrisis(sql, idOrKey)),
    crises: plainly((filter) => readCrises(sql, filter)),
    timeline: plainly((crisisId) => readTimeline(sql, crisisId)),
    deliveries: plainly((crisisId) => readDeliveries(sql, crisisId)),
    stuckDeliveries: plainly((before, limit) => readStuckDeliveries(sql, before, limit)),
    alerts: plainly((filter) => readAlerts(sql, filter)),
    silenced: plainly(() => readSilenced(sql)),
    archived: plainly((crisisId) => readArchive(sql, crisisId)),
    chains: (hash) => createChains(database, hash),
    apiKeys: createApiKeys(sql),
    subscribe: database.listen,
    ping: plainly(() => database.ping()),
    close: plainly(() => database.close()),
  };
};
