import { expect, test } from '@jest/globals';
import type { Store } from '../../src/store/store.js';
import { crisisOf } from './support/fakeFirebreak.js';
import { now, start } from './support/start.js';

/** A store that knows one crisis, or fails at everything. */
const storeWith = (row: { crisisId: string } | 'broken'): Store => {
  const ask = <T>(found: T) =>
    row === 'broken' ? Promise.reject(new Error('connection refused at secret-host')) : Promise.resolve(found);
  const crisis = crisisOf(row === 'broken' ? '' : row.crisisId, { correlationKey: 'old', status: 'closed' });
  const kept = { crisis, workflowId: 'crisis:old', runId: 'r', updatedAt: 42 };
  const knows = (id: string) => row !== 'broken' && (id === row.crisisId || id === 'old');
  return {
    project: () => ask(undefined),
    keepAlerts: () => ask(undefined),
    archive: () => ask(undefined),
    reportDelivery: () => ask(undefined),
    crisis: (id) => ask(knows(id) ? kept : undefined),
    crises: () => ask([kept]),
    timeline: () => ask([{ seq: 0, event: { type: 'closed', at: 1, reason: 'watched' } }]),
    deliveries: () => ask(Object.values(crisis.deliveries)),
    stuckDeliveries: () => ask([]),
    alerts: () => ask([]),
    silenced: () => Promise.resolve([]),
    archived: (id) =>
      ask(
        knows(id)
          ? { crisisId: id, workflowId: 'w', runId: 'r', closedAt: 1, history: {}, postmortem: '# What we learnt' }
          : undefined,
      ),
    subscribe: () => () => undefined,
    ping: () => ask(undefined),
    close: () => ask(undefined),
  };
};

const declaration = { title: 'The shop is on fire', service: 'shop', by: 'ana', facts: { completeOutage: true } };

test('a declared crisis can be looked at, by its id and by its cause', async () => {
  const { post, get } = await start();
  const declared = await post('/api/v1/crises', declaration);
  expect(declared.statusCode).toBe(201);
  expect(declared.headers.location).toBe('/api/v1/crises/cr-1');
  for (const id of ['cr-1', 'shop'])
    expect((await get(`/api/v1/crises/${id}`)).json()).toMatchObject({
      crisis: { crisisId: 'cr-1', title: 'The shop is on fire', lastActedAt: expect.any(Number) },
      next: [{ what: 'pageStep', engagement: 'response' }],
      workflowId: 'crisis:shop',
    });
});

test('a declaration with a slip is refused with the field that is wrong', async () => {
  const { post } = await start();
  const answer = await post('/api/v1/crises', {
    ...declaration,
    severity: 'P9',
    facts: { completeOutge: true },
    title: ' \u0007',
  });
  expect(answer.statusCode).toBe(422);
  expect(answer.headers['content-type']).toContain('application/problem+json');
  expect(answer.json()).toMatchObject({ type: 'urn:problem-type:firebreak:invalid', status: 422 });
  expect(answer.json().errors.map(({ pointer }) => pointer)).toEqual(['/title', '/severity', '/facts']);
});

test('a crisis that does not answer in time is shown as the store last heard of it', async () => {
  const { get, server } = await start({ store: storeWith({ crisisId: 'cr-0' }) });
  server.state = 'silent';
  expect((await get('/api/v1/crises/cr-0')).json()).toMatchObject({ crisis: { crisisId: 'cr-0' }, next: [], asOf: 42 });
  expect((await get('/api/v1/crises/old/timeline')).json()).toMatchObject({
    stored: true,
    events: [{ event: { type: 'closed' } }],
  });
  expect((await get('/api/v1/crises/old/deliveries')).json()).toMatchObject({
    stored: true,
    deliveries: [{ person: 'ana' }],
  });
  expect((await get('/api/v1/crises/cr-9')).statusCode).toBe(503);
});

test('a crisis of the past comes from the store, with its post-mortem', async () => {
  const { get } = await start({ store: storeWith({ crisisId: 'cr-0' }) });
  expect((await get('/api/v1/crises/old')).json()).toMatchObject({ asOf: 42 });
  const draft = await get('/api/v1/crises/old/postmortem');
  expect(draft.headers['content-type']).toBe('text/markdown; charset=utf-8');
  expect(draft.body).toBe('# What we learnt');
  expect((await get('/api/v1/crises/cr-9/postmortem')).statusCode).toBe(404);
  expect((await get('/api/v1/crises/cr-9')).json()).toMatchObject({ status: 404, detail: 'there is no crisis cr-9' });
});

test('running crises are listed while the database is down, and its address is not told', async () => {
  const { post, get } = await start({ store: storeWith('broken') });
  await post('/api/v1/crises', declaration);
  expect((await get('/api/v1/crises?open=true')).json()).toMatchObject({ crises: [{ crisis: { crisisId: 'cr-1' } }] });
  const unknown = await get('/api/v1/crises/cr-9');
  expect(unknown.statusCode).toBe(503);
  expect(unknown.body).not.toContain('secret-host');
  expect((await get('/readyz')).json()).toMatchObject({
    status: 'degraded',
    temporal: { ok: true },
    store: { ok: false },
  });
});

test('a crisis of hours shows what it holds itself while the database is down, and says that this is not all', async () => {
  const { crises, get } = await start({ store: storeWith('broken') });
  crises.set('cr-7', crisisOf('cr-7', { declaredAt: now - 3_600_000 }));
  crises.set('cr-8', crisisOf('cr-8', { declaredAt: now - 60_000, correlationKey: 'billing' }));
  const ledger = async (id: string) => (await get(`/api/v1/crises/${id}/deliveries`)).json();
  expect(await ledger('cr-7')).toMatchObject({ deliveries: [{ person: 'ana' }], stored: false, complete: false });
  expect(await ledger('cr-8')).toMatchObject({ deliveries: [{ person: 'ana' }], stored: false, complete: true });
});

test('the list holds what the store knows and what runs unknown to it', async () => {
  const { post, get } = await start({ store: storeWith({ crisisId: 'cr-0' }) });
  await post('/api/v1/crises', declaration);
  const { crises } = (await get('/api/v1/crises')).json<{ crises: { crisis: { crisisId: string } }[] }>();
  expect(crises.map(({ crisis }) => crisis.crisisId).sort()).toEqual(['cr-0', 'cr-1']);
});

test('it is not ready without the crisis server', async () => {
  const { get, server } = await start({ store: storeWith({ crisisId: 'cr-0' }) });
  expect((await get('/readyz')).json()).toMatchObject({ status: 'ready' });
  server.state = 'down';
  expect((await get('/readyz')).statusCode).toBe(503);
  expect((await get('/healthz')).statusCode).toBe(200);
});

test('an outage linked with a restricted crisis does not tell its code name to those whom that does not name', async () => {
  const attack = 'restricted:calm-ibis-4f2a91-20260105-abcde';
  const link = { to: attack, relation: 'turned out to be an attack' };
  const linked = { seq: 1, event: { type: 'linked' as const, at: now, by: 'firebreak', ...link } };
  const asked = await start();
  const { crises, get, firebreak } = asked;
  firebreak.timeline = () => Promise.resolve([linked]);
  crises.set('cr-1', crisisOf('cr-1', { links: [link, { to: 'cr-0', relation: 'follows' }] }));
  crises.set(attack, crisisOf(attack, { restricted: { codeName: 'calm-ibis', named: ['ana'], dismissed: [] } }));

  for (const path of ['/api/v1/crises', '/api/v1/crises/cr-1', '/api/v1/crises/cr-1/timeline']) {
    const { body } = await get(path);
    expect(body).toContain('"to":"a restricted crisis"');
    expect(body).not.toContain('calm-ibis');
  }
  expect((await get('/api/v1/crises/cr-1')).body).toContain('cr-0');
});
