import { expect, test } from '@jest/globals';
import { createApiKey, type KeyHolder } from '../../src/domain/apiKey.js';
import type { AuditEntry } from '../../src/domain/audit.js';
import { createAudit } from '../../src/domain/auditing.js';
import { createAuthenticate } from '../../src/domain/authenticate.js';
import { sha256 } from '../../src/evidence/hashing.js';
import { memoryLog } from '../evidence/support/memoryLog.js';
import { crisisOf } from './support/fakeFirebreak.js';
import { now, start } from './support/start.js';

const restricted = 'restricted:calm-ibis-4f2a91-20260105-abcde';

/** An audit of two crises and of a key; Ana is named by the restricted one, Ben and the administrator are not. */
const audited = async () => {
  const log = memoryLog<AuditEntry>();
  const audit = createAudit({
    log: { ...log, page: async (name, span) => ('before' in span || span.after < 0 ? log.read(name) : []) },
    hash: sha256,
  });
  const entry = { at: now, who: { id: 'ana', proof: 'api key' }, authority: { kind: 'role', of: [] } } as const;
  const note = (key: string, what: string, on: AuditEntry['on']) =>
    audit.note({ key, ...entry, what, on, authority: { kind: 'role', of: [] }, outcome: 'done' });
  await note('1', 'acknowledge', { crisis: 'cr-1' });
  await note('2', 'run', { crisis: restricted, target: 'isolate-portal' });
  await note('3', 'create key', { target: 'k1' });

  const holders: KeyHolder[] = [
    { kind: 'person', id: 'ana' },
    { kind: 'person', id: 'ben' },
    { kind: 'machine', id: 'administrator' },
  ];
  const made = holders.map((holder, nth) => {
    const request = { label: 'a key', holder, scopes: ['audit:read'] as const, createdBy: 'test', loopbackOnly: false };
    return createApiKey(
      { ...request, expiresAt: now + 1 },
      { id: `k${nth}`.padEnd(12, 'k'), secret: 's'.repeat(43) },
      sha256,
      now,
    );
  });
  const api = await start({
    audit: () => audit,
    authenticate: createAuthenticate({
      keys: { find: (id) => Promise.resolve(made.find(({ key }) => key.id === id)?.key) },
      hash: sha256,
      now: () => now,
    }),
  });
  api.crises.set(
    restricted,
    crisisOf(restricted, { restricted: { codeName: 'calm-ibis', named: ['ana'], dismissed: [] } }),
  );
  const read = async (nth: number, query = '') => {
    const headers = { authorization: `Bearer ${made[nth]?.text ?? ''}` };
    const answer = await api.send({ path: `/api/v1/audit${query}`, headers });
    return answer.json<{ entries: { entry: AuditEntry }[] }>().entries.map(({ entry: { what } }) => what);
  };
  return { read, verify: () => audit.verify() };
};

test('what was done in a restricted crisis is listed for those it names, and for nobody else', async () => {
  const { read } = await audited();

  expect(await read(0)).toEqual(['acknowledge', 'run', 'create key']);
  expect(await read(1)).toEqual(['acknowledge', 'create key']);
  expect(await read(2)).toEqual(['acknowledge', 'create key']);
  expect(await read(1, `?crisisId=${encodeURIComponent(restricted)}`)).toEqual([]);
});

test('how many are asked for is how many of those that may be seen', async () => {
  const { read } = await audited();

  expect(await read(1, '?limit=2')).toEqual(['acknowledge', 'create key']);
});

test('whoever sees a part of it still verifies the whole', async () => {
  const { verify } = await audited();

  expect(await verify()).toMatchObject({ entries: 3, faultsFound: 0 });
});
