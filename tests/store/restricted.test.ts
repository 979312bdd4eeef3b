import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createCipher } from '../../src/codec/cipher.js';
import { readKeyring } from '../../src/codec/keyring.js';
import { openPglite } from '../../src/store/pglite.js';
import { openPostgres } from '../../src/store/postgres.js';
import { openStore } from '../../src/store/openStore.js';
import type { Crisis } from '../../src/domain/crisis.js';
import type { Event } from '../../src/domain/event.js';
import { freshData } from '../support/freshData.js';
import { startPostgres } from '../support/parts.js';
import { alert, classification, crisis, delivery, noted, numbered, projection, start } from './support/crises.js';
import { dumpOf } from './support/dump.js';

const keyOf = (letter: string): string => Buffer.from((letter[0] ?? '').repeat(32)).toString('base64');
const cipherWith = (...ids: string[]) =>
  createCipher(readKeyring(ids[0]!, Object.fromEntries(ids.map((id) => [id, keyOf(id)]))), 'a secret');

const key = 'restricted:calm-heron-4f2a91';
const crisisId = `${key}-20260302-abcde`;
const secretWords = ['Orders table', 'vault', 'db-7', 'carl', 'orders-service', 'mallory'];

const attack = (more: Partial<Crisis> = {}): Crisis =>
  crisis({
    crisisId,
    correlationKey: key,
    type: 'securityIncident',
    title: 'Orders table is read by mallory',
    services: ['orders-service'],
    classification: { ...classification(), type: 'securityIncident', why: 'db-7 sends to mallory' },
    restricted: { codeName: 'calm-heron-4f2a91', named: ['carl'], dismissed: [] },
    deliveries: {
      page: delivery(`${crisisId}/response/carl`, {
        person: 'carl',
        to: 'carl@example.com',
        about: 'the vault',
        reason: 'mailbox of carl is full',
        ref: '<calm@page>',
      }),
    },
    ...more,
  });
const alerted: Event = {
  type: 'alerted',
  at: start,
  tallies: [{ alert: alert('a', { summary: 'db-7 reads the Orders table' }), count: 1, lastAt: start }],
};
const events = numbered(0, alerted, noted('db-7 is isolated; the vault is safe'));
const projected = projection(attack(), events);
const history = {
  events: [{ input: { metadata: { 'encryption-key-id': Buffer.from('archive-key').toString('base64') } } }],
};

describe.each(['PGlite', 'PostgreSQL'])('of a restricted crisis, %s', (engine) => {
  let dataDir: string;
  let server: Awaited<ReturnType<typeof startPostgres>> | undefined;
  beforeAll(async () => {
    dataDir = await freshData('firebreak-restricted-');
    if (engine === 'PostgreSQL') server = await startPostgres();
    const store = await open('first');
    await store.project(projected);
    await store.archive({
      crisisId,
      workflowId: key,
      runId: 'run-1',
      closedAt: start,
      history,
      postmortem: '# The vault\n\nmallory came by db-7.',
    });
    await store.close();
  });
  afterAll(async () => {
    await server?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  const open = (...keys: string[]) => openStore({ dataDir, databaseUrl: server?.url, cipher: cipherWith(...keys) });
  const silent = { info: () => undefined, warn: () => undefined };

  test('holds no word in plain text, but its code name, state and times', async () => {
    const database = server ? await openPostgres(server.url, silent) : await openPglite(dataDir);
    const dump = await dumpOf(database);
    await database.close();

    for (const word of secretWords) expect(dump).not.toContain(word);
    expect(dump).toContain('calm-heron-4f2a91');
    expect(dump).toContain('triggered');
    expect(dump).not.toContain('noted');
  });

  test('gives whoever has the key all of it', async () => {
    const store = await open('first');

    expect((await store.crisis(key))?.crisis).toEqual(attack());
    expect(await store.timeline(crisisId)).toEqual(events);
    expect(await store.deliveries(crisisId)).toEqual(Object.values(attack().deliveries));
    expect(await store.stuckDeliveries(new Date(start + 1), 5)).toMatchObject([{ delivery: { person: 'carl' } }]);
    expect(await store.alerts({ crisisId })).toMatchObject([
      { alert: { summary: 'db-7 reads the Orders table' }, classification: { why: 'db-7 sends to mallory' } },
    ]);
    expect((await store.archived(crisisId))?.postmortem).toContain('mallory came by db-7');
    expect(await store.crises({ service: 'orders-service' })).toMatchObject([{ crisis: { crisisId } }]);
    expect(await store.crises({ service: 'shop' })).toEqual([]);
    await store.close();
  });

  test('takes what it is told again under a new key, and needs both from then on', async () => {
    const store = await open('second', 'first');
    await store.project(projection(attack({ seq: 2, status: 'acknowledged' }), numbered(2, noted('the vault again'))));

    expect((await store.crisis(crisisId))?.crisis.status).toBe('acknowledged');
    expect(await store.timeline(crisisId)).toHaveLength(3);
    expect(await store.deliveries(crisisId)).toHaveLength(1);
    expect((await store.neededKeys()).map((needed) => needed.key).sort()).toEqual(['archive-key', 'first', 'second']);
    await store.close();
  });

  test('names a key that is lost, and lists the others without it', async () => {
    const store = await open('third');
    await store.project(projection(crisis({ crisisId: 'shop-20260302-abcde' })));

    await expect(store.crisis(crisisId)).rejects.toThrow('encryption key second is missing');
    await expect(store.timeline(crisisId)).rejects.toThrow('encryption key first is missing');
    expect((await store.crises({})).map((row) => row.crisis.crisisId)).toEqual(['shop-20260302-abcde']);
    expect(await store.alerts({ crisisId })).toEqual([]);
    await store.close();
  });

  test('links with the crisis that follows it', async () => {
    const store = await open('first', 'second');
    const links = [{ to: crisisId, relation: 'follows' }];
    const later = attack({ crisisId: `${key}-20260303-fghij`, declaredAt: start + 9, links });
    await store.project(projection(later));

    expect((await store.crisis(crisisId))?.crisis.links).toEqual([{ to: later.crisisId, relation: 'followed by' }]);
    expect((await store.timeline(crisisId)).at(-1)?.event).toMatchObject({ type: 'linked', to: later.crisisId });
    await store.close();
  });

  test('takes nothing without keys', async () => {
    const store = await openStore({ dataDir, databaseUrl: server?.url });

    await expect(store.project(projection(attack({ crisisId: `${key}-20260304-zzzzz` })))).rejects.toThrow(
      'is kept with the keys of the configuration',
    );
    await store.close();
  });
});
