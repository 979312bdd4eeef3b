import { createServer } from 'node:http';
import process from 'node:process';
import { checkout } from './checkout.js';

const version = '1.4.1';
const sample = { country: 'DE', items: [{ product: 'tea', count: 1 }] };
const page = `<!doctype html><meta charset="utf-8"><title>Shop</title>
<h1>Tea, mugs and kettles</h1><p>Version ${version}. Order with POST /checkout.</p>`;

const answer = (response, status, body) => {
  const html = typeof body === 'string';
  response.writeHead(status, { 'content-type': html ? 'text/html; charset=utf-8' : 'application/json' });
  response.end(html ? body : JSON.stringify(body));
};

const read = async (request) => {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > 10_000) throw new RangeError('order: too long');
  }
  return JSON.parse(text);
};

const routes = {
  'GET /': (_, response) => answer(response, 200, page),
  'GET /version': (_, response) => answer(response, 200, { version, pid: process.pid }),
  // Healthy means that an order would go through, not that the process is up.
  'GET /healthz': (_, response) => answer(response, 200, { status: 'ok', sample: checkout(sample) }),
  'POST /checkout': async (request, response) => answer(response, 200, checkout(await read(request))),
};

const server = createServer(async (request, response) => {
  try {
    const route = routes[`${request.method} ${request.url?.split('?')[0]}`];
    if (!route) return answer(response, 404, { error: 'no such page' });
    await route(request, response);
  } catch (error) {
    const theirs = error instanceof RangeError || error instanceof SyntaxError;
    if (!theirs) console.error(`${request.method} ${request.url}: ${error.message}`);
    answer(response, theirs ? 400 : 500, { error: theirs ? error.message : 'internal error' });
  }
});

server.listen(0, '127.0.0.1', () => process.send?.({ port: server.address().port }));

const stop = () => {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
};
process.on('SIGTERM', stop);
// The supervisor is gone: so are we.
process.on('disconnect', stop);
