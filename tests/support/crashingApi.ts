import { crashingIn } from './crashing.js';
import { readOrders } from './orders.js';
import { runApi } from './runApi.js';

// An API that ends itself at the point that is armed.
const orders = await readOrders();
await runApi(orders, crashingIn(orders.dataDir).client);
