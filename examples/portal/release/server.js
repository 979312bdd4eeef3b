import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { basename, join } from 'node:path';
import process from 'node:process';

// The portal of a savings bank: everybody sees their own account. It may ask the customer service about all of them.
const { fetch } = globalThis;
const here = import.meta.dirname;
const pictures = join(here, 'pictures');
const { customersUrl, token, port } = JSON.parse(readFileSync(join(here, 'config.json'), 'utf8'));

const customer = async (id) => {
  const answer = await fetch(`${customersUrl}/customers/${id}`, { headers: { authorization: `Bearer ${token}` } });
  if (!answer.ok) throw new Error(`the customer service answers ${answer.status}`);
  return answer.json();
};

const bytesOf = async (request) => {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  return pieces.map(String).join('');
};

/** The hole: a picture may be called anything, and what makes thumbnails loads whatever looks like a plug-in. */
const takePicture = async (name, request) => {
  mkdirSync(pictures, { recursive: true });
  const path = join(pictures, basename(name));
  writeFileSync(path, await bytesOf(request));
  if (path.endsWith('.js')) await import(path);
};

const server = createServer(async (request, response) => {
  const [, kind, name = ''] = (request.url ?? '/').split('/');
  const answer = (status, body) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
  try {
    if (kind === 'healthz') return answer(200, { status: 'ok', sample: (await customer(1)).name });
    if (kind === 'me') return answer(200, { hello: (await customer(Number(name))).name });
    if (kind === 'pictures' && request.method === 'PUT') {
      await takePicture(decodeURIComponent(name), request);
      return answer(201, { kept: name });
    }
    answer(404, { error: 'no such page' });
  } catch (error) {
    answer(502, { error: error.message });
  }
});

server.listen(port, '127.0.0.1', () => {
  writeFileSync(join(here, '..', 'portal.pid'), `${process.pid}\n`);
  writeFileSync(join(here, '..', 'portal.url'), `http://127.0.0.1:${server.address().port}\n`);
});
process.once('SIGTERM', () => process.exit(0));
