import { NativeConnection, Worker } from '@temporalio/worker';
import { createRunActionActivity } from '../../../src/activities/runAction.js';
import { createKinds } from '../../../src/runbooks/kinds.js';

const [address = '', taskQueue = ''] = process.argv.slice(2);
const connection = await NativeConnection.connect({ address });
const worker = await Worker.create({
  connection,
  taskQueue,
  shutdownGraceTime: '100ms',
  activities: { runAction: createRunActionActivity({ kinds: createKinds(), now: Date.now }) },
});
process.once('SIGTERM', () => worker.shutdown());
await worker.run();
await connection.close();
