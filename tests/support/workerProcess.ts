import { readOrders } from './orders.js';
import { runWorker } from './runWorker.js';

// A worker as a process of its own, which can be killed.
await runWorker(await readOrders());
