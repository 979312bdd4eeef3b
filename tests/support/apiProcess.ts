import { readOrders } from './orders.js';
import { runApi } from './runApi.js';

// The API as a process of its own, which can be killed.
await runApi(await readOrders());
