// Takes what the worker sends, in a process of its own, and says when each message came.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { clock } from './ground/clock.js';

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const at = clock();
    response.writeHead(204).end();
    const { type } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { type: string };
    process.send?.({ at, key: request.headers['webhook-id'], to: request.url, page: type === 'firebreak.page' });
  });
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('disconnect', () => process.exit(0));
