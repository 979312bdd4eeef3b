import { parseArgs } from 'node:util';
import { fail } from './fail.js';
import { watch } from './watch.js';

const { values } = parseArgs({
  options: {
    shop: { type: 'string' },
    to: { type: 'string' },
    every: { type: 'string', default: '500' },
    repeat: { type: 'string', default: '5000' },
    after: { type: 'string', default: '2' },
  },
});
const { shop, to } = values;
if (shop === undefined || to === undefined)
  fail('usage: monitor.ts --shop URL --to WEBHOOK_URL [--every MS] [--repeat MS] [--after COUNT]', 2);

const ending = new AbortController();
process.once('SIGTERM', () => ending.abort());
process.once('SIGINT', () => ending.abort());
console.log(`watching ${shop}`);

await watch({
  shopUrl: shop,
  to,
  everyMs: Number(values.every),
  repeatMs: Number(values.repeat),
  changesAfter: Number(values.after),
  signal: ending.signal,
  say: (line) => console.log(line),
});
