import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, type Worker } from '@temporalio/worker';
import getPort from 'get-port';
import { ulid } from 'ulid';
import { findTemporal } from '../../scripts/parts/temporal.js';
import { startMailbox } from '../../scripts/stack/mailbox.js';
import { startTemporalServer } from '../../scripts/stack/temporalServer.js';
import { closeChannels, createChannels } from '../../src/channels/channels.js';
import { registerAttributes } from '../../src/client/attributes.js';
import { createFirebreak } from '../../src/client/createFirebreak.js';
import type { Settings } from '../../src/domain/settings.js';
import { openStore } from '../../src/store/openStore.js';
import { bundleWorkflows } from '../../src/workers/bundle.js';
import { createWorker, taskQueue } from '../../src/workers/worker.js';

export type Stand = Awaited<ReturnType<typeof startStand>>;

/** A busy machine may take its time; no story is about how long a worker takes to answer. */
const answerWithinMs = 20_000;

const quietRuntime = (): void => {
  const logger = new DefaultLogger('ERROR', ({ level, message, meta }) =>
    process.stderr.write(`${level} ${message} ${String(meta?.['error'] ?? '').slice(0, 500)}\n`),
  );
  // As the programs do it: the watchdog goes by these.
  Runtime.install({ logger, workerHeartbeatInterval: '5s' });
};

/**
 * A whole Firebreak on real parts: Temporal's development server, an SMTP server, a store, the API, and as many workers as
 * asked for.
 */
export async function startStand(settingsWith: (ports: { smtp: number; http: number }) => Settings) {
  quietRuntime();
  const dataDir = await mkdtemp(join(tmpdir(), 'firebreak-stand-'));
  const [temporalPort, smtpPort, mailPort, apiPort] = [
    await getPort(),
    await getPort(),
    await getPort(),
    await getPort(),
  ];
  const { path } = await findTemporal({ env: process.env, dataDir, say: () => undefined });
  const [server, mailbox, workflowBundle] = await Promise.all([
    startTemporalServer({ path, dataDir, port: temporalPort }),
    startMailbox({ host: '127.0.0.1', smtpPort, httpPort: mailPort }),
    bundleWorkflows(),
  ]);
  let settings = settingsWith({ smtp: smtpPort, http: apiPort });
  const connection = await Connection.connect({ address: server.address });
  const native = await NativeConnection.connect({ address: server.address });
  await registerAttributes(connection, 'default');
  const client = new Client({ connection });
  const store = await openStore({ dataDir });
  let channels = createChannels(settings.channels);
  const firebreak = createFirebreak({
    client,
    settings: () => settings,
    taskQueue,
    now: () => new Date(),
    newId: ulid,
  });
  const postmortems = new Map<string, string>();
  const signingKey = 'a key for tests, long enough to sign with';
  const workers: { worker: Worker; running: Promise<void> }[] = [];

  const stand = {
    client,
    connection,
    server,
    mailbox,
    store,
    firebreak,
    signingKey,
    postmortems,
    dataDir,
    workflowBundle,
    settings: () => settings,
    /** A changed configuration, as a reload would bring it. */
    configure: (changed: Settings) => {
      settings = changed;
      channels = createChannels(settings.channels);
    },
    async startWorker() {
      const worker = await createWorker({
        client,
        firebreak,
        connection: native,
        namespace: 'default',
        workflowBundle,
        settings: () => settings,
        channels: () => channels,
        store: () => store,
        signingKey,
        writePostmortem: (name, text) => Promise.resolve(void postmortems.set(name, text)),
      });
      workers.push({ worker, running: worker.run() });
    },
    async stopWorkers() {
      for (const { worker, running } of workers.splice(0)) {
        worker.shutdown();
        await running;
      }
    },
    async stop() {
      await stand.stopWorkers();
      closeChannels(channels);
      await store.close();
      await native.close();
      await connection.close();
      await server.stop();
      await mailbox.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  await stand.startWorker();
  return stand;
}
