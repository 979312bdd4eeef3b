import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { HttpAction, type ParameterValues } from '../../src/domain/action.js';
import { masked } from '../../src/domain/mask.js';
import { createKinds } from '../../src/runbooks/kinds.js';

const { http } = createKinds();

type Seen = { method: string; url: string; key: string; body: string };
const seen: Seen[] = [];

const pages: Record<string, (response: ServerResponse, request: IncomingMessage) => void> = {
  ok: (response) => response.end('all is well'),
  broken: (response) => response.writeHead(500).end('no tax table'),
  gateway: (response) => response.writeHead(504).end(),
  moved: (response) => response.writeHead(302, { location: '/ok' }).end(),
  silent: () => undefined,
  reset: (_, { socket }) => socket.destroy(),
  echo: (response, { headers }) => response.end(`you said ${headers.authorization ?? 'nothing'}`),
  long: (response) => response.end('x'.repeat(100_000)),
};

const server = createServer((request, response) => {
  void text(request).then((body) => {
    const { method = '', url = '' } = request;
    seen.push({ method, url, key: String(request.headers['idempotency-key']), body });
    const page = pages[url.slice(1).split('/')[0] ?? ''] ?? pages['ok'];
    page?.(response, request);
  });
});
let base = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const run = (
  wanted: Partial<HttpAction> & Pick<HttpAction, 'url'>,
  parameters: ParameterValues = {},
  signal = new AbortController().signal,
) =>
  http.run(HttpAction.parse({ kind: 'http', title: 'test', ...wanted }), parameters, {
    key: 'run-1',
    signal,
    progress: () => undefined,
  });
const free = { type: 'string', secret: false } as const;

test('succeeds on an expected status and body, with the run’s key in the request', async () => {
  const result = await run({ url: `${base}/ok`, method: 'POST', expectBody: 'well' });

  expect(result).toMatchObject({ status: 'succeeded', summary: 'POST answered 200', output: 'all is well' });
  expect(seen.at(-1)).toMatchObject({ method: 'POST', key: 'run-1' });
});

test('fails on another status or another body, and says which', async () => {
  expect(await run({ url: `${base}/broken`, expectStatus: [200] })).toMatchObject({
    status: 'failed',
    summary: 'GET answered 500 instead of 200',
    output: 'no tax table',
  });
  expect(await run({ url: `${base}/ok`, expectBody: 'green' })).toMatchObject({
    status: 'failed',
    summary: 'GET answered 200, but without "green"',
  });
  expect(await run({ url: `${base}/moved` })).toMatchObject({ status: 'failed' });
});

test('fails when nobody listens, since nothing was sent', async () => {
  expect(await run({ url: 'http://127.0.0.1:1/', method: 'POST' })).toMatchObject({
    status: 'failed',
    summary: 'connection refused',
  });
  expect(await run({ url: 'http://no-such-host.invalid/', method: 'POST' })).toMatchObject({
    status: 'failed',
    summary: expect.stringContaining('not sent'),
  });
  expect(await run({ url: 'nonsense', method: 'POST' })).toMatchObject({ status: 'failed' });
});

test.each(['silent', 'reset'])('is uncertain of what a %s service did, unless it was only asked', async (page) => {
  const post = await run({ url: `${base}/${page}`, method: 'POST', timeoutMs: 300 });
  const get = await run({ url: `${base}/${page}`, timeoutMs: 300 });

  expect(post.status).toBe('uncertain');
  expect(get.status).toBe('failed');
  expect(get.summary).toMatch(page === 'silent' ? /^no answer within 300ms$/ : /^the connection broke/);
});

test('is uncertain when a gateway lost the service behind it', async () => {
  expect(await run({ url: `${base}/gateway`, method: 'POST' })).toMatchObject({ status: 'uncertain' });
  expect(await run({ url: `${base}/gateway` })).toMatchObject({ status: 'failed' });
});

test('ends at once when it is called off', async () => {
  const calledOff = new AbortController();
  const running = run({ url: `${base}/silent`, method: 'POST' }, {}, calledOff.signal);
  setTimeout(() => calledOff.abort(), 100);

  expect(await running).toMatchObject({ status: 'uncertain', summary: 'called off while it ran' });
});

test('lets no parameter break out of the path, the query, the JSON or a header', async () => {
  const hostile = '../admin?x=1#","role":"owner';
  await run(
    {
      url: `${base}/ok/{{value}}?q={{value}}`,
      method: 'POST',
      body: '{"note":"{{value}}"}',
      parameters: { value: free },
    },
    { value: hostile },
  );

  expect(seen.at(-1)?.url).toBe(`/ok/${encodeURIComponent(hostile)}?q=${encodeURIComponent(hostile)}`);
  expect(JSON.parse(seen.at(-1)?.body ?? '')).toEqual({ note: hostile });
  expect(
    await run(
      { url: `${base}/ok`, headers: { 'x-note': '{{value}}' }, parameters: { value: free } },
      { value: 'a\r\nb: c' },
    ),
  ).toMatchObject({ status: 'failed', summary: expect.stringContaining('not sent') });
});

test('keeps secrets out of what it shows, and the output short', async () => {
  const said = await run({ url: `${base}/echo`, headers: { Authorization: 'Token very-secret' } });

  expect(said.output).toBe(`you said ${masked}`);
  expect((await run({ url: `${base}/long` })).output.length).toBeLessThan(8400);
});
