// A worker that only polls, to be killed: `tsx worker.ts <address>`; it says "polls" once it does.
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { taskQueue } from '../../../../src/workers/worker.js';

Runtime.install({ logger: new DefaultLogger('ERROR'), workerHeartbeatInterval: '1s' });
const connection = await NativeConnection.connect({ address: process.argv[2] ?? '' });
const worker = await Worker.create({ connection, taskQueue, activities: { nothing: () => Promise.resolve() } });
const running = worker.run();
process.stdout.write('polls\n');
await running;
