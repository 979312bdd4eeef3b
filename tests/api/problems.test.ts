import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { FastifyBaseLogger } from 'fastify';
import { pino } from 'pino';
import { crisisOf } from './support/fakeFirebreak.js';
import { start } from './support/start.js';

const json = { 'content-type': 'application/json' };
const url = '/api/v1/alerts/generic';

test('an unknown path is a problem like any other', async () => {
  const { get } = await start();
  const answer = await get('/api/v1/nothing');
  expect(answer.headers['content-type']).toContain('application/problem+json');
  expect(answer.json()).toEqual({
    type: 'urn:problem-type:firebreak:not-found',
    title: 'There is no such thing',
    status: 404,
    detail: 'there is no GET of this path',
    instance: '/api/v1/nothing#id-1',
  });
  expect((await get('/api/%zz')).statusCode).toBe(400);
});

test('every answer carries the headers that keep a browser from doing harm with it', async () => {
  const { get, post } = await start();
  const answers = [await get('/healthz'), await get('/api/v1/nothing'), await post(url, {}), await post(url, '{')];
  for (const { headers } of answers)
    expect(headers).toMatchObject({
      'content-security-policy': "default-src 'none';frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
    });
});

test('what cannot be read as JSON is refused with 400 in words', async () => {
  const { post } = await start();
  const bodies = [
    '{"summary":',
    '',
    'null{}',
    `${'['.repeat(9999)}${']'.repeat(9999)}`,
    '{"__proto__":{}}',
    '{"a":1,"a":2}',
  ];
  for (const body of [...bodies, Buffer.of(0x22, 0xff, 0xfe, 0x22)]) {
    const answer = await post(url, body, json);
    expect([answer.statusCode, answer.json().title]).toEqual([400, 'The body cannot be read']);
  }
});

test('a NUL in the path or the query is the asker’s mistake, never an outage of the database', async () => {
  const { get, post } = await start();
  for (const path of ['/api/v1/crises/%00', '/api/v1/crises/a%00b/timeline', '/api/v1/crises?service=%00']) {
    const answer = await get(path);
    expect([answer.statusCode, answer.json().detail]).toEqual([400, 'expected no NUL (%00) in the path or the query']);
  }
  expect((await post('/api/v1/crises/%00/commands', { command: 'note' })).statusCode).toBe(400);
});

test('a body of another type or too large is refused by its own status', async () => {
  const { post } = await start();
  expect((await post(url, 'a=b', { 'content-type': 'application/x-www-form-urlencoded' })).statusCode).toBe(415);
  expect((await post(url, 'a', { 'content-type': 'text/plain' })).statusCode).toBe(415);
  expect((await post(url, { summary: 'x'.repeat(1_048_576) })).statusCode).toBe(413);
  expect((await post(url, { summary: 'x'.repeat(1_000_000) })).statusCode).toBe(202);
  expect((await post(url)).statusCode).toBe(422);
});

test('a number beyond all numbers is no number', async () => {
  const { post } = await start();
  const answer = await post(url, '{"summary":"s","facts":{"revenueLost":1e400}}', json);
  expect(answer.statusCode).toBe(422);
  expect(answer.json().errors).toMatchObject([{ pointer: '/facts/revenueLost' }]);
});

test('a fault of ours is answered with an id that the log has, and nothing else', async () => {
  const lines: string[] = [];
  const logger: FastifyBaseLogger = pino({}, { write: (line) => void lines.push(line) });
  const { firebreak, get } = await start({ logger });
  firebreak.view = () => Promise.reject(new TypeError('cannot read secrets of undefined'));
  const answer = await get('/api/v1/crises/cr-1');
  expect(answer.statusCode).toBe(500);
  expect(answer.body).not.toContain('secrets');
  const id = answer.json().instance.split('#')[1];
  expect(answer.json().detail).toContain(id);
  expect(lines.some((line) => line.includes('cannot read secrets') && line.includes(`"${id}"`))).toBe(true);
});

test('the token of a link is not logged', async () => {
  const lines: string[] = [];
  const { get } = await start({ logger: pino({}, { write: (line) => void lines.push(line) }) });
  await get('/a/very-secret');
  expect(lines.join('')).toContain('/a/:token');
  expect(lines.join('')).not.toContain('very-secret');
});

const word = fc.constantFrom(
  'summary',
  'alerts',
  'labels',
  'facts',
  'payload',
  'event_action',
  'trigger',
  'command',
  'by',
  'note',
  'title',
);
const anyJson = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.dictionary(word, fc.oneof(word, fc.jsonValue({ maxDepth: 3 }), fc.array(fc.dictionary(word, fc.jsonValue())))),
);

test('no JSON whatever makes the API fail', async () => {
  const { post, crises } = await start();
  crises.set('cr-1', crisisOf('cr-1'));
  const paths = fc.constantFrom(
    ...['alertmanager', 'pagerduty', 'generic', 'apm'].map((source) => `/api/v1/alerts/${source}`),
    '/v2/enqueue',
    '/api/v1/reports',
    '/api/v1/crises',
    '/api/v1/crises/cr-1/commands',
  );
  await fc.assert(
    fc.asyncProperty(paths, anyJson, async (path, body) => {
      const { statusCode } = await post(path, JSON.stringify(body), json);
      expect(statusCode).toBeLessThan(500);
    }),
    { numRuns: 250 },
  );
});
