import { crashingIn } from './crashing.js';
import { readOrders } from './orders.js';
import { runWorker } from './runWorker.js';

// A worker that ends itself at the point that is armed.
const orders = await readOrders();
await runWorker(orders, crashingIn(orders.dataDir));
