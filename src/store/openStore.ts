import { createApiKeys } from './apiKeys.js';
import { keepRecords, readAlerts, readSilenced } from './alerts.js';
import type { Database, StoreLogger } from './database.js';
import { createChains } from './chains.js';
import { keepArchive, readArchive } from './archive.js';
import { plainly } from './failures.js';
import { keepReport, readDeliveries } from './ledger.js';
import { readStuckDeliveries } from './stuck.js';
import { openPostgres } from './postgres.js';
import { createProjecting } from './projecting.js';
import { readCrises, readCrisis, readTimeline } from './reading.js';
import type { OpenedStore } from './store.js';
import { createVault } from './vault.js';
import type { Cipher } from '../domain/cipher.js';
import { readNeededKeys } from './neededKeys.js';

export type StoreOptions = {
  /** A PostgreSQL server, 15 or newer. Without it the store is PGlite under `dataDir`, for this process alone. */
  databaseUrl?: string | undefined;
  dataDir: string;
  /** Encrypts restricted crises; without it none can be kept. */
  cipher?: Cipher;
  logger?: StoreLogger;
};

const silent: StoreLogger = { info: () => undefined, warn: () => undefined };

/**
 * Opens the store and brings its tables up to date. Throws StoreLocked when another process has the folder open, and
 * StoreFailed within three seconds when the server cannot be reached.
 */
export const openStore = async ({
  databaseUrl,
  dataDir,
  cipher,
  logger = silent,
}: StoreOptions): Promise<OpenedStore> => {
  const database = databaseUrl ? await plainly(openPostgres)(databaseUrl, logger) : await openOwn(dataDir);
  return storeOn(database, cipher, logger);
};

/** Loaded only here: whoever has a PostgreSQL starts sooner without. */
const openOwn = async (dataDir: string): Promise<Database> => (await import('./pglite.js')).openPglite(dataDir);

/** What the store does, each failing with StoreFailed when the database does not. */
const storeOn = (database: Database, cipher: Cipher | undefined, logger: StoreLogger): OpenedStore => {
  const { sql } = database;
  const vault = createVault(cipher);
  return {
    project: plainly(createProjecting(database, vault)),
    keepAlerts: plainly((records) => keepRecords(sql, vault, records)),
    archive: plainly((archive) => keepArchive(sql, vault, archive)),
    reportDelivery: plainly((ref, status, reason) => keepReport(sql, ref, status, reason)),
    crisis: plainly((idOrKey) => readCrisis(sql, vault, idOrKey)),
    crises: plainly((filter) => readCrises({ sql, vault, logger }, filter)),
    timeline: plainly((crisisId) => readTimeline(sql, vault, crisisId)),
    deliveries: plainly((crisisId) => readDeliveries(sql, vault, crisisId)),
    stuckDeliveries: plainly((before, limit) => readStuckDeliveries({ sql, vault, logger }, before, limit)),
    alerts: plainly((filter) => readAlerts({ sql, vault, logger }, filter)),
    silenced: plainly(() => readSilenced(sql)),
    archived: plainly((crisisId) => readArchive(sql, vault, crisisId)),
    chains: (hash) => createChains(database, hash),
    apiKeys: createApiKeys(sql),
    neededKeys: plainly(() => readNeededKeys(sql)),
    subscribe: database.listen,
    ping: plainly(() => database.ping()),
    close: plainly(() => database.close()),
  };
};
