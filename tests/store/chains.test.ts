import { expect, test } from '@jest/globals';
import { sql as query } from 'drizzle-orm';
import { createHmac } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { createApiKey } from '../../src/domain/apiKey.js';
import type { AuditEntry } from '../../src/domain/audit.js';
import { createAudit } from '../../src/domain/auditing.js';
import type { Hash } from '../../src/domain/chain.js';
import { verifyChain } from '../../src/domain/verifyChain.js';
import { createChains } from '../../src/store/chains.js';
import { openPglite } from '../../src/store/pglite.js';
import { freshData } from '../support/freshData.js';
import { onBothEngines } from './support/stores.js';

const hash: Hash = (text) => createHmac('sha256', 'the audit’s key').update(text).digest('hex');
const at = Date.parse('2026-03-02T03:00:00Z');

const approval = (on: string): AuditEntry => ({
  at,
  who: { id: 'ana', proof: 'api key', key: 'k7q2m0000000' },
  what: 'approve',
  on: { crisis: on, target: 'failover' },
  authority: { kind: 'role', of: ['incident-commander'] },
  outcome: 'done',
});

onBothEngines((store) => {
  test('entries are sealed one after the other, however many come at once', async () => {
    const log = store().chains<{ n: number; text: string }>(hash);
    const many = Array.from({ length: 40 }, (_, n) => n);

    await Promise.all(many.map((n) => log.append('crowd', `${n}`, { n, text: 'a NUL \u0000 and half a pair \ud83d' })));

    const entries = await log.read('crowd');
    expect(entries.map(({ seq }) => seq)).toEqual(many);
    expect(new Set(entries.map(({ entry }) => entry.n)).size).toBe(40);
    expect(verifyChain({ name: 'crowd', hash }, entries)).toEqual([]);
  });

  test('an entry noted again under its key is kept once, and chains do not mix', async () => {
    const log = store().chains<{ n: number }>(hash);
    const first = await log.append('once', 'key', { n: 1 });

    expect(await log.append('once', 'key', { n: 2 })).toEqual(first);
    expect(await log.append('other', 'key', { n: 3 })).toMatchObject({ seq: 0, entry: { n: 3 } });
    expect(await log.read('once')).toHaveLength(1);
    expect(await log.read('never written')).toEqual([]);
  });

  test('a key is found by its id, listed, and revoked once', async () => {
    const { apiKeys } = store();
    const material = { id: 'k7q2m0000000', secret: 'S'.repeat(43) };
    const request = {
      label: 'night shift',
      holder: { kind: 'machine', id: 'pager' },
      scopes: ['alerts:write'],
      createdBy: 'ana',
      expiresAt: at + 1,
      loopbackOnly: true,
    } as const;
    const { key } = createApiKey(request, material, hash, at);
    await apiKeys.keep(key);

    expect(await apiKeys.find(key.id)).toEqual(key);
    expect(await apiKeys.revoke(key.id, at)).toBe(true);
    expect(await apiKeys.revoke(key.id, at + 5)).toBe(true);
    expect(await apiKeys.list()).toEqual([{ ...key, revokedAt: at }]);
    expect(await apiKeys.find('nobody')).toBeUndefined();
    expect(await apiKeys.revoke('nobody', at)).toBe(false);
    await expect(apiKeys.keep(key)).rejects.toThrow('the database: ');
  });
});

test('rows of a chain cannot be changed, and it shows where somebody found a way', async () => {
  const folder = await freshData('firebreak-audit-');
  const database = await openPglite(folder);
  const run = (text: string) => database.sql.execute(query.raw(text));
  const audit = createAudit({ log: createChains(database, hash), hash });
  for (const crisis of ['CR-1', 'CR-2', 'CR-3', 'CR-4']) await audit.note({ key: crisis, ...approval(crisis) });
  const last = (await audit.newest(1_000)).at(-1)!;
  const change = `update sealed set entry = jsonb_set(entry, '{who,id}', '"eve"') where seq = 1`;

  for (const refused of [change, 'delete from sealed where seq = 2', 'truncate sealed'])
    await expect(run(refused)).rejects.toMatchObject({
      cause: expect.objectContaining({ message: 'entries of sealed are only ever added' }),
    });
  expect(await audit.verify([last])).toEqual({
    entries: 4,
    faults: [],
    faultsFound: 0,
    last: { seq: 3, hash: last.hash },
  });

  await run('alter table sealed disable trigger sealed_stays');
  await run(change);
  await run('delete from sealed where seq in (2, 3)');
  expect(await audit.verify([last])).toMatchObject({
    entries: 2,
    faults: [
      { kind: 'changed', seq: 1 },
      { kind: 'removed', seq: 2 },
      { kind: 'removed', seq: 3 },
    ],
  });
  await database.close();
  await rm(folder, { recursive: true });
});

test('an entry that does not say who and by which authority is not taken', async () => {
  const nothing = () => Promise.resolve([]);
  const log = { append: () => Promise.reject(new Error('nothing should come')), read: nothing, page: nothing };
  const nameless = { key: 'x', ...approval('CR-1'), who: { id: '', proof: 'api key' as const } };

  await expect(createAudit({ log, hash }).note(nameless)).rejects.toMatchObject({ name: 'ZodError' });
});
