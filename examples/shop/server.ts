import { parseArgs } from 'node:util';
import { deployed, readDeployments, writeDeployments } from './deployments.js';
import { startShop } from './supervisor.js';

const { values } = parseArgs({
  options: { state: { type: 'string' }, port: { type: 'string', default: '0' }, first: { type: 'string' } },
});

if (values.state === undefined) {
  console.error('usage: server.ts --state DIR [--port N] [--first VERSION]');
  process.exit(2);
}

// A new shop begins with the release given; one that was here before goes on with its own.
const before = readDeployments(values.state);
if (values.first !== undefined && before.versions.length === 0)
  writeDeployments(values.state, deployed(before, values.first));

const shop = await startShop({ state: values.state, port: Number(values.port) });
console.log(`the shop answers at ${shop.url}`);

const stop = (): void => void shop.close().then(() => process.exit(0));
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
