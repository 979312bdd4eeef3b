import { createHmac, timingSafeEqual } from 'node:crypto';
import { afterEach } from '@jest/globals';
import { request, type Dispatcher } from 'undici';
import { createApi } from '../../../src/api/api.js';
import type { AckLinks, Api, ApiParts, VerifySignature } from '../../../src/api/parts.js';
import { Settings } from '../../../src/domain/settings.js';
import type { Fault } from '../../../src/intake/fault.js';
import { createFakeFirebreak, declaredAt, pageKey } from './fakeFirebreak.js';

export const now = declaredAt + 120_000;

export const settings = Settings.parse({
  people: {
    ana: { name: 'Ana Ruiz', timeZone: 'Europe/Madrid', contacts: [{ channel: 'email', to: 'ana@shop.example' }] },
    ben: { name: 'Ben Oh', contacts: [{ channel: 'email', to: 'ben@shop.example' }] },
  },
  schedules: {},
  teams: {},
  services: {},
  defaultTeam: 'web',
  bridge: 'https://meet.example/bridge',
  channels: {},
  sources: {
    apm: { detection: 'performance warning', mapping: { summary: 'title', service: 'app' } },
    signed: { secret: 'whsec_c2VjcmV0' },
  },
});

/** Standard Webhooks’ scheme in its shortest form, as its senders sign. */
export const sign = (secret: string, id: string, timestamp: string, body: string): string =>
  `v1,${createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64'))
    .update(`${id}.${timestamp}.${body}`)
    .digest('base64')}`;

const verifySignature: VerifySignature = (secret, headers, body) => {
  const right = Buffer.from(sign(secret, headers['webhook-id'] ?? '', headers['webhook-timestamp'] ?? '', body));
  const came = Buffer.from(headers['webhook-signature'] ?? '');
  return right.length === came.length && timingSafeEqual(right, came)
    ? undefined
    : 'the signature does not fit the body';
};

const links: AckLinks = {
  read: (token) =>
    Promise.resolve(
      token === 'ana'
        ? { crisisId: 'cr-1', person: 'ana', key: pageKey }
        : { fault: token === 'old' ? 'expired' : 'invalid' },
    ),
};

type Said = { type: string; title: string; status: number; detail: string; instance: string; errors: Fault[] };
type Send = { method?: Dispatcher.HttpMethod; path: string; body?: unknown; headers?: Record<string, string> };

const bytesOf = (body: unknown): string | Buffer =>
  typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);

const sendTo =
  (address: string) =>
  async ({ method = 'GET', path, body, headers = {} }: Send) => {
    const typed =
      body === undefined || headers['content-type'] ? headers : { ...headers, 'content-type': 'application/json' };
    const bytes = body === undefined ? null : bytesOf(body);
    const answer = await request(`${address}${path}`, { method, headers: typed, body: bytes });
    const text = await answer.body.text();
    return {
      statusCode: answer.statusCode,
      headers: answer.headers,
      body: text,
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- a cast by another name, as in fastify’s inject
      json: <T = Said>() => JSON.parse(text) as T,
    };
  };

const running: Api[] = [];
afterEach(async () => {
  for (const api of running.splice(0)) await api.close();
});

/** The API on a free port, over crises in memory. */
export const start = async (over: Partial<ApiParts> = {}) => {
  let ids = 0;
  const fake = createFakeFirebreak(() => now);
  const api = await createApi({
    firebreak: fake.firebreak,
    store: undefined,
    settings: () => settings,
    links,
    verifySignature,
    now: () => now,
    newId: () => `id-${++ids}`,
    answerWithinMs: 100,
    ...over,
  });
  running.push(api);
  const address = await api.listen({ host: '127.0.0.1', port: 0 });
  const send = sendTo(address);
  return {
    ...fake,
    api,
    address,
    send,
    get: (path: string) => send({ path }),
    post: (path: string, body?: unknown, headers: Record<string, string> = {}) =>
      send({ method: 'POST', path, body, headers }),
  };
};
