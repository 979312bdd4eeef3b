import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import getPort from 'get-port';
import { startTemporalServer } from '../../scripts/stack/temporalServer.js';
import { messageIdOf } from '../../src/channels/email.js';
import { registerAttributes } from '../../src/client/attributes.js';
import { connectionOptions } from '../../src/client/connecting.js';
import type { Settings } from '../../src/domain/settings.js';
import { openStore } from '../../src/store/openStore.js';
import { crisisQuery } from '../../src/workflows/messages.js';
import type { Observations, Promised } from '../judge/observations.js';
import { readCrises } from '../judge/reading/histories.js';
import { readBooks } from '../judge/reading/ledger.js';
import { bundleOnce } from './bundle.js';
import type { Orders } from './orders.js';
import { startPostgres, temporalPath } from './parts.js';
import { createSender } from './sender.js';
import { startSinks } from './sinks.js';
import { supervise } from './supervised.js';
import { until } from './until.js';

export type KillingGround = Awaited<ReturnType<typeof layKillingGround>>;

const from = 'Firebreak <firebreak@example.com>';

type Wishes = {
  workers: number;
  /** Absent: those that end only when they are killed. */
  programs?: { worker: string; api: string };
  settings: (sinks: { smtp: number; hook: string }, dataDir: string) => Settings;
};

/**
 * Firebreak as it runs in production, each part a process that can be killed: Temporal's server, PostgreSQL, workers, the
 * API; and outside of them the receivers of messages and the sender of alerts, who keep the logs that count.
 */
export const layKillingGround = async ({
  workers,
  settings,
  programs = { worker: 'workerProcess.ts', api: 'apiProcess.ts' },
}: Wishes) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'firebreak-kills-'));
  const [port, apiPort] = [await getPort(), await getPort()];
  const path = await temporalPath();
  const startServer = () => startTemporalServer({ path, dataDir, port });
  const [started, postgres, sinks] = await Promise.all([startServer(), startPostgres(), startSinks()]);
  let server = started;
  const { address } = server;
  const connection = await Connection.connect({ address, ...connectionOptions });
  await registerAttributes(connection, 'default');
  const client = new Client({ connection });
  const orders: Orders = {
    address,
    databaseUrl: postgres.url,
    dataDir,
    signingKey: 'a key for kills, long enough to sign with it',
    settings: settings({ smtp: sinks.smtpPort, hook: sinks.hookUrl }, dataDir),
    workflowBundle: await bundleOnce(),
    port: apiPort,
  };
  // Whoever opens the database first makes its tables.
  const store = await openStore({ databaseUrl: postgres.url, dataDir });
  const fleet = await Promise.all(
    Array.from({ length: workers }, (_, i) => supervise(programs.worker, join(dataDir, `worker-${i}.json`), orders)),
  );
  const api = await supervise(programs.api, join(dataDir, 'api.json'), orders);
  const sender = createSender(() => `http://127.0.0.1:${apiPort}`);
  await Promise.all([...fleet, api].map((each) => each.ready()));

  const causes = new Set<string>();
  const state = async (cause: string) => (await client.workflow.getHandle(`crisis:${cause}`).query(crisisQuery)).crisis;
  /** Nothing is under way any more, and SQL knows all of it. */
  const isAtRest = async (cause: string): Promise<boolean> => {
    const { crisisId, seq, deliveries } = await state(cause);
    const open = Object.values(deliveries).some(({ kind, status }) => kind === 'page' && status === 'intended');
    return !open && (await store.crisis(crisisId))?.crisis.seq === seq;
  };

  return {
    address,
    client,
    connection,
    dataDir,
    orders,
    store,
    fleet,
    api,
    sender,
    sinks,
    state,
    /** The causes that were sent, for whoever waits for them. */
    causes,
    restAll: async (): Promise<void> => {
      for (const cause of causes) await until(`${cause} to be at rest`, () => isAtRest(cause), 120_000);
    },
    killServer: async (): Promise<void> => {
      process.kill(server.pid, 'SIGKILL');
      await server.exited;
    },
    startServer: async (): Promise<void> => {
      server = await startServer();
    },
    observe: async (promised: Promised): Promise<Observations> => {
      const endedAt = Date.now();
      const crises = await until('the list of crises', async () => {
        const seen = await readCrises(client);
        const causes = new Set(sender.asked.filter(({ takenAt }) => takenAt !== undefined).map(({ cause }) => cause));
        return [...causes].every((cause) => seen.some((crisis) => crisis.cause === cause)) && seen;
      }).catch(() => readCrises(client));
      const mailed = crises.flatMap(({ pages }) => pages.filter(({ key }) => key.endsWith('/email')));
      return {
        asked: sender.asked,
        crises,
        booked: await readBooks(postgres.url),
        receipts: sinks.receipts,
        promised,
        ids: Object.fromEntries(mailed.map(({ key }) => [key, messageIdOf(key, from)])),
        endedAt,
      };
    },
    async stop(): Promise<void> {
      await sender.close();
      await Promise.all([...fleet, api].map((each) => each.end()));
      await store.close();
      await connection.close();
      await server.stop();
      await Promise.all([sinks.close(), postgres.stop()]);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};
