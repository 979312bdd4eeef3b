import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseOperation } from '../../src/domain/database.js';
import { Database } from '../../src/domain/database.js';
import { backUp, backUpServer, damageFile } from '../../examples/orders/backup.js';
import { bookName, layBook, placeOrders, serviceRole } from '../../examples/orders/book.js';
import { startPostgres } from './parts.js';
import { minute } from './plan.js';

export type OrderBook = Awaited<ReturnType<typeof layOrderBook>>;

const password = 'a-password-nobody-may-read';

/** The database of a shop on a real PostgreSQL of its own, with a folder for its backups; `archives`: and for its WAL. */
export const layOrderBook = async ({ archives = false } = {}) => {
  const folder = await mkdtemp(join(tmpdir(), 'firebreak-backups-'));
  const archive = join(folder, 'wal');
  const baseBackups = join(folder, 'base');
  const scratch = join(folder, 'scratch');
  for (const one of [archive, baseBackups, scratch]) await mkdir(one);
  // Whoever runs the server puts its WAL there.
  await chmod(folder, 0o755);
  const postgres = await startPostgres(archives ? archive : undefined);
  const { serviceUrl } = await layBook(postgres.url, password);
  const startedAt = Date.now();
  const bookUrl = postgres.url.replace(/\/postgres$/, `/${bookName}`);

  return {
    postgres,
    folder,
    password,
    serviceUrl,
    /** As who administers the server, in the database of the service. */
    bookUrl,
    /** What `recover` works on, as the configuration says it. */
    database: (changes: object = {}): Database =>
      Database.parse({
        connection: 'ORDERS_ADMIN_URL',
        serviceConnection: 'ORDERS_URL',
        name: bookName,
        serviceRoles: [serviceRole],
        backups: { folder, ...(archives && { wal: { baseBackups, archive, scratch, preciseToMs: 1_000 } }) },
        checks: [
          { title: 'orders without a price', sql: 'select count(*) from orders where cents < 0' },
          { title: 'customers', sql: 'select count(*) >= 50 from customers', expect: true },
        ],
        lost: { title: 'orders', sql: 'select count(*) from orders where placed_at > $1' },
        jobs: 2,
        preAuthorisedForMs: '1h',
        ...changes,
      }),
    environment: {
      ORDERS_ADMIN_URL: postgres.url,
      ORDERS_URL: serviceUrl,
      PATH: `${process.env['PATH'] ?? ''}:${postgres.binDir}`,
    },
    /** Orders of the time between so many minutes before now. */
    order: (count: number, fromMinutesAgo: number, toMinutesAgo: number) =>
      placeOrders(serviceUrl, count, startedAt - fromMinutesAgo * minute, startedAt - toMinutesAgo * minute),
    backUp: (name: string, minutesAgo: number, format?: 'custom' | 'directory') =>
      backUp({
        url: bookUrl,
        binDir: postgres.binDir,
        folder,
        name,
        at: startedAt - minutesAgo * minute,
        ...(format && { format }),
      }),
    /** All of the server’s files, to roll forward with the WAL that it archives. */
    backUpServer: (name: string) =>
      backUpServer({ url: postgres.url, binDir: postgres.binDir, folder: baseBackups, name }),
    archive,
    baseBackups,
    scratch,
    damageFile,
    stop: async (): Promise<void> => {
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** In the order of a recovery. */
export const recovery: readonly DatabaseOperation[] = [
  'stopWrites',
  'assess',
  'listBackups',
  'restore',
  'validate',
  'switchOver',
  'resumeWrites',
  'watchData',
];
