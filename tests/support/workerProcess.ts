import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { ulid } from 'ulid';
import { createChannels } from '../../src/channels/channels.js';
import { createFirebreak } from '../../src/client/createFirebreak.js';
import { openStore } from '../../src/store/openStore.js';
import { createWorker, taskQueue } from '../../src/workers/worker.js';
import { readOrders } from './orders.js';

// A worker as a process of its own, which can be killed; says `polling` once it is at work.
const { address, databaseUrl, dataDir, signingKey, workflowBundle, settings } = await readOrders();
Runtime.install({ logger: new DefaultLogger('ERROR', () => undefined) });

const client = new Client({ connection: await Connection.connect({ address }) });
const store = await openStore({ databaseUrl, dataDir });
const channels = createChannels(settings.channels);
const worker = await createWorker({
  client,
  firebreak: createFirebreak({ client, settings: () => settings, taskQueue, now: () => new Date(), newId: ulid }),
  connection: await NativeConnection.connect({ address }),
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
