import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import getPort from 'get-port';
import { ulid } from 'ulid';
import { startTemporalServer } from '../../scripts/stack/temporalServer.js';
import { damageOrders, inSession } from '../../examples/orders/book.js';
import { registerAttributes } from '../../src/client/attributes.js';
import { connectionOptions } from '../../src/client/connecting.js';
import { createFirebreak } from '../../src/client/createFirebreak.js';
import { createOpaqueKeys } from '../../src/client/restricting.js';
import type { Crisis } from '../../src/domain/crisis.js';
import type { DatabaseOperation } from '../../src/domain/database.js';
import type { NumberedEvent } from '../../src/domain/record.js';
import { taskQueue } from '../../src/workers/worker.js';
import { bundleOnce } from './bundle.js';
import { keepOrdering } from './customer.js';
import { layOrderBook } from './orderBook.js';
import type { Orders } from './orders.js';
import { temporalPath } from './parts.js';
import { alertOf } from './plan.js';
import { settingsFor } from './settings.js';
import { startSinks } from './sinks.js';
import { supervise } from './supervised.js';
import { until } from './until.js';

/** When in an operation the worker ends: before it begins, so long after its beginning, or before anybody hears of its result. */
export type Death = { operation: DatabaseOperation; moment: 'before' | 'during' | 'after'; afterMs: number };

export type Recovered = {
  crisis: Crisis;
  timeline: readonly NumberedEvent[];
  /** How often the worker died. */
  deaths: number;
  customer: readonly { at: number; came: string }[];
  /** What the service finds in the end. */
  soundRows: number;
  damagedRows: number;
  canWrite: boolean;
  /** The mark of the database that the service uses. */
  mark: string;
};

/** Each death costs the five seconds in which a worker’s silence is noticed, on a busy machine more. */
const recoversWithinMs = 60_000;
const perDeathMs = 30_000;

type Wanted = {
  deaths: readonly Death[];
  /** No backup is sound. */
  hopeless?: boolean;
  /** Beside the dumps there is a base backup with archived WAL. */
  archives?: boolean;
};

/** A whole recovery while the worker is killed as listed: what is there in the end, and what a customer saw meanwhile. */
export const recoverUnderKills = async ({ deaths, hopeless = false, archives = false }: Wanted): Promise<Recovered> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'firebreak-recovery-'));
  const path = await temporalPath();
  const [server, book, sinks] = await Promise.all([
    startTemporalServer({ path, dataDir, port: await getPort() }),
    layOrderBook({ archives }),
    startSinks(),
  ]);
  const { address } = server;
  Object.assign(process.env, book.environment);
  const connection = await Connection.connect({ address, ...connectionOptions });
  await registerAttributes(connection, 'default');
  const client = new Client({ connection });
  const settings = settingsFor({
    smtp: sinks.smtpPort,
    more: {
      services: { shop: { name: 'Shop', team: 'checkout', database: 'orders' } },
      databases: { orders: book.database() },
    },
  });
  await inSession(book.postgres.url, (session) => session.query('create database firebreak'));
  const orders: Orders = {
    address,
    databaseUrl: book.postgres.url.replace(/\/postgres$/, '/firebreak'),
    dataDir,
    signingKey: 'a key for kills, long enough to sign with it',
    settings,
    workflowBundle: await bundleOnce(),
    port: 0,
  };
  const list = join(dataDir, 'deaths.json');
  writeFileSync(list, JSON.stringify(deaths));
  await book.order(600, 180, 90);
  if (!hopeless) await book.backUp('sound', 90);
  if (archives) await book.backUpServer('base');
  await book.order(100, 90, 15);
  await damageOrders(book.serviceUrl);
  await book.backUp('late', 10);

  const worker = await supervise('recoveryWorker.ts', join(dataDir, 'worker.json'), orders);
  const customer = keepOrdering(book.serviceUrl);
  const firebreak = createFirebreak({
    client,
    settings: () => settings,
    taskQueue,
    now: () => new Date(),
    newId: ulid,
    opaqueKey: createOpaqueKeys(orders.signingKey),
  });
  try {
    await worker.ready();
    await firebreak.accept([alertOf({ facts: { dataLoss: true }, receivedAt: Date.now() })]);
    const crisis = await until(
      'the end of the recovery',
      async () => {
        const now = (await firebreak.view('shop')).crisis;
        const { status } = now.procedures['recover'] ?? {};
        return status !== undefined && status !== 'running' && now;
      },
      recoversWithinMs + deaths.length * perDeathMs,
    );
    await customer.stop();
    const count = (sql: string) =>
      inSession(book.serviceUrl, async (session) => (await session.query(sql)).rowCount ?? 0);
    const written = inSession(book.serviceUrl, (session) =>
      session.query('delete from orders where cents = 100 and false'),
    );
    const { rows } = await inSession(book.postgres.url, (session) =>
      session.query<{ mark: string }>(
        `select shobj_description(oid, 'pg_database') as mark from pg_database where datname = 'orders'`,
      ),
    );
    return {
      crisis,
      timeline: await firebreak.timeline('shop'),
      deaths: deaths.length - (JSON.parse(readFileSync(list, 'utf8')) as Death[]).length,
      customer: customer.tries,
      soundRows: await count('select from orders where cents >= 0'),
      damagedRows: await count('select from orders where cents < 0'),
      canWrite: await written.then(
        () => true,
        () => false,
      ),
      mark: rows[0]?.mark ?? '',
    };
  } finally {
    await customer.stop();
    await worker.end();
    await connection.close();
    await server.stop();
    await Promise.all([sinks.close(), book.stop()]);
    await rm(dataDir, { recursive: true, force: true });
  }
};

/** Writes are open on validated data, or closed and people told; and between, nobody wrote to what nobody had validated. */
export const faultsOf = ({ crisis, timeline, customer, damagedRows, canWrite, mark }: Recovered): string[] => {
  const faults: string[] = [];
  const { status } = crisis.procedures['recover']!;
  const refusedAt = customer.find(({ came }) => came.includes('read-only'))?.at ?? Infinity;
  const resumedAt =
    timeline.find(({ event }) => event.type === 'actionStarted' && event.action === 'orders-resumeWrites')?.event.at ??
    Infinity;
  const early = customer.filter(({ at, came }) => came === 'written' && at > refusedAt && at < resumedAt);
  if (early.length > 0) faults.push(`${early.length} writes while they were stopped`);
  if (canWrite !== (status === 'succeeded')) faults.push(`${status}, and writes are ${canWrite ? 'open' : 'closed'}`);
  if (canWrite && !mark.includes('"state":"validated"')) faults.push(`writes are open on what is marked ${mark}`);
  if (canWrite && damagedRows > 0) faults.push(`writes are open with ${damagedRows} damaged rows`);
  const told = timeline.some(
    ({ event }) => event.type === 'engagementOpened' && event.engagement.startsWith('procedure:'),
  );
  if (!canWrite && !told) faults.push('writes are closed, and nobody was told');
  return faults;
};
