import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, type WorkerPlugin } from '@temporalio/worker';
import { ulid } from 'ulid';
import { createChannels } from '../../src/channels/channels.js';
import { connectionOptions } from '../../src/client/connecting.js';
import { createFirebreak } from '../../src/client/createFirebreak.js';
import { createOpaqueKeys } from '../../src/client/restricting.js';
import { openStore } from '../../src/store/openStore.js';
import { createWorker, taskQueue } from '../../src/workers/worker.js';
import type { Crashing } from './crashing.js';
import type { Orders } from './orders.js';

/** The SDK hands a connection's plugins on to the worker: a way in for tests that the product need not know of. */
const interceptedBy = ({ activity, codec }: Crashing): WorkerPlugin & { name: string } => ({
  name: 'crashing',
  configureWorker: (options) => ({
    ...options,
    dataConverter: { payloadCodecs: [codec] },
    interceptors: { activity: [({ info }) => ({ inbound: activity(info.activityType) })] },
  }),
});

/** The product's own worker until it is ended; says `polling` once it is at work. */
export const runWorker = async (orders: Orders, crashing?: Crashing): Promise<void> => {
  const { address, databaseUrl, dataDir, signingKey, workflowBundle, settings } = orders;
  Runtime.install({ logger: new DefaultLogger('ERROR', () => undefined), shutdownSignals: ['SIGTERM'] });
  const client = new Client({ connection: await Connection.connect({ address, ...connectionOptions }) });
  const opened = await openStore({ databaseUrl, dataDir });
  const store = crashing?.store(opened) ?? opened;
  const made = createChannels(settings.channels);
  const channels = crashing?.channels(made) ?? made;
  const worker = await createWorker({
    client,
    firebreak: createFirebreak({
      client,
      settings: () => settings,
      taskQueue,
      now: () => new Date(),
      newId: ulid,
      opaqueKey: createOpaqueKeys(signingKey),
    }),
    connection: await NativeConnection.connect({ address, ...(crashing && { plugins: [interceptedBy(crashing)] }) }),
    namespace: 'default',
    workflowBundle,
    settings: () => settings,
    channels: () => channels,
    store: () => store,
    signingKey,
    writePostmortem: () => Promise.resolve(),
  });
  const running = worker.run();
  process.stdout.write('polling\n');
  await running;
  process.exit(0);
};
