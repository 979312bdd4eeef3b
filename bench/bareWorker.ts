// A worker that does as little as one can, on the same server: what Temporal itself costs.
import { fileURLToPath } from 'node:url';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { touch } from './bare/activities.js';
import { bareQueue } from './bare/queue.js';

Runtime.install({
  logger: new DefaultLogger('ERROR'),
  shutdownSignals: [],
  // What is swept away under it is no news.
  telemetryOptions: { logging: { filter: 'ERROR' } },
});
process.once('message', (message) => {
  const { address } = message as { address: string };
  void run(address);
});
process.on('disconnect', () => process.exit(0));
process.send?.({ ready: true });

const run = async (address: string): Promise<void> => {
  const connection = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    connection,
    taskQueue: bareQueue,
    workflowsPath: fileURLToPath(new URL('bare/workflows.ts', import.meta.url)),
    activities: { touch },
    maxCachedWorkflows: 500,
    maxConcurrentActivityTaskExecutions: 200,
  });
  process.send?.({ polling: true });
  await worker.run();
};
