import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { createApiKey, scopes, type ApiKey, type KeyHolder, type Scope } from '../../src/domain/apiKey.js';
import type { ToAudit } from '../../src/domain/auditing.js';
import { createAuthenticate } from '../../src/domain/authenticate.js';
import type { Settings } from '../../src/domain/settings.js';
import { crisisOf } from './support/fakeFirebreak.js';
import { now, settings, start } from './support/start.js';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const ana: KeyHolder = { kind: 'person', id: 'ana' };

/** Keys in memory, an API that knows them, and what it puts on the audit. */
const guarded = async (access: Partial<Settings['access']> = {}, database: { down?: boolean } = {}) => {
  const kept = new Map<string, ApiKey>();
  const noted: ToAudit[] = [];
  let made = 0;
  const keys = {
    keep: (key: ApiKey) => Promise.resolve(void kept.set(key.id, key)),
    list: () => Promise.resolve([...kept.values()]),
    find: (id: string) =>
      database.down ? Promise.reject(new Error('the database is away')) : Promise.resolve(kept.get(id)),
    revoke: (id: string, at: number) => {
      const key = kept.get(id);
      if (key) kept.set(id, { ...key, revokedAt: at });
      return Promise.resolve(key !== undefined);
    },
  };
  const keyOf = (holder: KeyHolder, given: readonly Scope[], more: Partial<ApiKey> = {}): string => {
    const material = { id: String(++made).padStart(12, 'k'), secret: 's'.repeat(43) };
    const request = {
      label: 'a key',
      holder,
      scopes: given,
      createdBy: 'test',
      expiresAt: now + 1,
      loopbackOnly: false,
    };
    const { key, text } = createApiKey({ ...request, ...more }, material, sha256, now);
    kept.set(key.id, key);
    return text;
  };
  const api = await start({
    settings: () => ({ ...settings, access: { ...settings.access, ...access } }),
    authenticate: createAuthenticate({ keys, hash: sha256, now: () => now }),
    keys,
    note: (entry) => void noted.push(entry),
    audit: () => ({
      note: (entry) => {
        noted.push(entry);
        return Promise.resolve({ seq: 0, entry, previous: '', hash: '' });
      },
      newest: () => Promise.resolve([]),
      verify: () => Promise.resolve({ entries: 0, faults: [], faultsFound: 0 }),
    }),
  });
  api.crises.set('cr-1', crisisOf('cr-1'));
  const by = (key: string) => ({ authorization: `Bearer ${key}` });
  return { ...api, keyOf, noted, kept, by };
};

const note = { command: 'note', by: 'ana', text: 'Looking.' };
const commands = '/api/v1/crises/cr-1/commands';
const alert = { summary: 'down', service: 'shop', facts: { completeOutage: true } };

test('from the machine itself no key is needed, and nobody is proven by it', async () => {
  const { get, post, commands: given } = await guarded();

  expect((await get('/api/v1/crises/cr-1')).statusCode).toBe(200);
  expect((await post(commands, note)).statusCode).toBe(200);
  expect((await post('/api/v1/alerts/generic', alert)).statusCode).toBe(202);
  expect(given[0]).not.toHaveProperty('actor');
});

test.each([
  ['by a proxy', { 'x-forwarded-for': '203.0.113.9' }],
  ['by a page under another name', { host: 'evil.example:7400' }],
])('what was handed on %s is not from this machine', async (_, headers) => {
  const { send } = await guarded();
  const answer = await send({ path: '/api/v1/crises/cr-1', headers });

  expect(answer.statusCode).toBe(401);
  expect(answer.headers['www-authenticate']).toContain('Bearer');
  expect(answer.json()).toMatchObject({
    type: 'urn:problem-type:firebreak:unproven',
    detail: expect.stringContaining('with a key for crises:read'),
  });
});

test('where nobody goes without a key, health and links stay open', async () => {
  const { get, post } = await guarded({ withoutKey: 'nobody', intakeWithoutKey: 'nobody' });
  const statusOf = async (path: string) => (await get(path)).statusCode;

  for (const path of ['/healthz', '/readyz', '/metrics', '/api/openapi.json', '/a/ana'])
    expect([path, await statusOf(path)]).toEqual([path, 200]);
  for (const path of ['/api/v1/crises', '/api/v1/alerts', '/api/v1/keys', '/api/v1/audit'])
    expect([path, await statusOf(path)]).toEqual([path, 401]);
  expect((await post('/api/v1/alerts/generic', alert)).statusCode).toBe(401);
  expect((await post('/v2/enqueue', {})).statusCode).toBe(401);
  expect((await post('/api/v1/alerts/signed', alert)).json().type).toContain('unsigned');
  expect((await get('/api/v1/nothing')).statusCode).toBe(404);
});

test('a key opens what it is for and nothing else, and says so', async () => {
  const { post, get, keyOf, by, send, noted } = await guarded({ withoutKey: 'nobody', intakeWithoutKey: 'nobody' });
  const intake = by(keyOf({ kind: 'machine', id: 'alertmanager' }, ['alerts:write']));

  expect((await post('/api/v1/alerts/generic', alert, intake)).statusCode).toBe(202);
  const refused = await post(commands, note, intake);
  expect([refused.statusCode, refused.json().detail]).toEqual([
    403,
    'this key is for alerts:write; this needs crises:command',
  ]);
  expect((await send({ path: '/api/v1/crises', headers: intake })).statusCode).toBe(403);
  expect((await get('/api/v1/crises')).statusCode).toBe(401);
  expect(noted).toMatchObject([
    { who: { id: 'alertmanager', proof: 'api key' }, what: 'POST /api/v1/crises/:id/commands', outcome: 'refused' },
    { outcome: 'refused' },
  ]);
});

test('a bad key is refused also where none is needed', async () => {
  const { post, keyOf, by } = await guarded();
  const good = keyOf(ana, ['crises:command']);
  const detailOf = async (key: string) => (await post(commands, note, by(key))).json().detail;

  expect(await detailOf('firebreak')).toContain('expected "Bearer firebreak_…"');
  expect(await detailOf(good.replace(/s{43}$/, 't'.repeat(43)))).toBe('this key is not known here');
  expect(await detailOf(keyOf(ana, ['crises:command'], { expiresAt: now }))).toBe('this key has expired');
  expect(await detailOf(keyOf(ana, ['crises:command'], { revokedAt: now }))).toBe('this key has been revoked');
});

test('a key of somebody who has left the configuration is no key', async () => {
  const { post, keyOf, by } = await guarded();
  const answer = await post(commands, note, by(keyOf({ kind: 'person', id: 'gone' }, ['crises:command'])));

  expect([answer.statusCode, answer.json().detail]).toEqual([
    401,
    'this key is of gone, who is not configured any more',
  ]);
});

test('a flood of bad keys is refused throughout, and does not fill the audit', async () => {
  const { post, keyOf, by, noted } = await guarded();
  const bad = by(keyOf(ana, ['crises:command'], { expiresAt: now }));
  for (let nth = 0; nth < 70; nth++) expect((await post(commands, note, bad)).statusCode).toBe(401);

  expect(noted).toHaveLength(60);
});

test('a person’s key signs in their name, and in nobody else’s', async () => {
  const { post, keyOf, by, commands: given } = await guarded();
  const key = by(keyOf(ana, ['crises:command']));

  expect((await post(commands, { command: 'note', text: 'Mine.' }, key)).statusCode).toBe(200);
  expect(given).toMatchObject([{ input: { by: 'ana' }, actor: { kind: 'person', id: 'ana' } }]);
  expect((await post(commands, { ...note, by: 'ben' }, key)).json().detail).toBe(
    'this key is of ana, and cannot act as ben',
  );
  const declared = await post('/api/v1/crises', { title: 'down', by: 'ben' }, key);
  expect(declared.statusCode).toBe(403);
});

test('a machine may speak for a person, and proves nobody by it', async () => {
  const { post, keyOf, by, commands: given } = await guarded();
  await post(commands, note, by(keyOf({ kind: 'machine', id: 'chat' }, ['crises:command'])));

  expect(given).toMatchObject([{ input: { by: 'ana' } }]);
  expect(given[0]).not.toHaveProperty('actor');
});

test('while no key can be checked an acknowledgement is taken, and nothing else', async () => {
  const database = { down: false };
  const { post, keyOf, by, commands: given } = await guarded({ withoutKey: 'nobody' }, database);
  const key = by(keyOf(ana, ['crises:command']));
  database.down = true;

  expect((await post(commands, { command: 'acknowledge', by: 'ana' }, key)).statusCode).toBe(200);
  expect((await post(commands, note, key)).statusCode).toBe(503);
  expect(given).toHaveLength(1);
  expect(given[0]).not.toHaveProperty('actor');
});

test('keys are made and revoked by who may, and it is on the audit', async () => {
  const { post, send, keyOf, by, noted, kept } = await guarded();
  const admin = by(keyOf({ kind: 'machine', id: 'admin' }, scopes));
  const asked = { label: 'Ana’s', holder: ana, scopes: ['crises:command'] };

  expect((await post('/api/v1/keys', asked)).statusCode).toBe(401);
  const made = await post('/api/v1/keys', asked, admin);
  const { id, text } = made.json<{ id: string; text: string }>();
  expect(made.statusCode).toBe(201);
  expect((await post(commands, note, by(text))).statusCode).toBe(200);
  expect(JSON.stringify(kept.get(id))).not.toContain(text.split('_')[2]);

  const listed = await send({ path: '/api/v1/keys', headers: admin });
  expect(listed.body).not.toContain('secretHash');
  expect((await post(`/api/v1/keys/${id}/revoke`, {}, admin)).statusCode).toBe(200);
  expect((await post(commands, note, by(text))).statusCode).toBe(401);
  expect(
    (await post('/api/v1/keys', { ...asked, holder: { kind: 'person', id: 'eve' } }, admin)).json().detail,
  ).toContain('nobody is configured as "eve"');
  expect(noted.filter(({ outcome }) => outcome === 'done').map(({ what }) => what)).toEqual([
    'create key',
    'revoke key',
  ]);
});
