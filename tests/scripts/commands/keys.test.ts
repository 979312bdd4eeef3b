import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { createApiKey, scopes, type ApiKey } from '../../../src/domain/apiKey.js';
import { auditChain, type AuditEntry } from '../../../src/domain/audit.js';
import { createAudit } from '../../../src/domain/auditing.js';
import { createAuthenticate } from '../../../src/domain/authenticate.js';
import { seal, type Sealed } from '../../../src/domain/chain.js';
import type { Span } from '../../../src/domain/chainLog.js';
import { cli, documentOf } from './support/cli.js';
import { startNight } from './support/night.js';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The real command line against the real API, its keys and its audit in memory. */
const guarded = async () => {
  const kept = new Map<string, ApiKey>();
  const chain: Sealed<AuditEntry>[] = [];
  const log = {
    append: (_: string, _key: string, entry: AuditEntry) => {
      const link = seal({ name: auditChain, hash: sha256 }, chain.at(-1), entry);
      chain.push(link);
      return Promise.resolve(link);
    },
    read: () => Promise.resolve(chain),
    page: (_: string, span: Span, limit: number) =>
      Promise.resolve('after' in span ? chain.slice(span.after + 1, span.after + 1 + limit) : chain.slice(-limit)),
  };
  const audit = createAudit({ log, hash: sha256 });
  const keys = {
    keep: (key: ApiKey) => Promise.resolve(void kept.set(key.id, key)),
    find: (id: string) => Promise.resolve(kept.get(id)),
    list: () => Promise.resolve([...kept.values()]),
    revoke: (id: string, at: number) => {
      const key = kept.get(id);
      if (key) kept.set(id, { ...key, revokedAt: at });
      return Promise.resolve(key !== undefined);
    },
  };
  const request = {
    label: 'admin',
    holder: { kind: 'machine', id: 'admin' },
    scopes,
    createdBy: 'test',
    expiresAt: Date.now() + 60_000,
    loopbackOnly: false,
  } as const;
  const material = { id: 'a'.repeat(12), secret: 's'.repeat(43) };
  const { key, text } = createApiKey(request, material, sha256, Date.now());
  kept.set(key.id, key);
  const night = await startNight({
    authenticate: createAuthenticate({ keys, hash: sha256, now: Date.now }),
    keys,
    audit: () => audit,
  });
  return { ...night, chain, env: { ...night.env, FIREBREAK_KEY: text, FIREBREAK_USER: '' } };
};

test('a key is made, shown once, acts in its holder’s name, and is revoked', async () => {
  const { env, commands } = await guarded();
  const { id, text } = documentOf(await cli(['key', 'create', '--person', 'ana', '--json'], env)) as Record<
    string,
    string
  >;
  const anas = { ...env, FIREBREAK_KEY: text ?? '' };

  expect((await cli(['do', 'shop', 'note', '--text', 'Looking.'], anas)).code).toBe(0);
  expect(commands).toMatchObject([{ input: { by: 'ana', via: 'cli' }, actor: { kind: 'person', id: 'ana', key: id } }]);
  expect((await cli(['do', 'shop', 'note', '--text', 'x', '--by', 'ben'], anas)).stderr).toContain('cannot act as ben');

  const listed = await cli(['key', 'list'], env);
  expect(listed.stdout).toContain('person ana');
  expect(listed.stdout).not.toContain(text);
  expect((await cli(['key', 'revoke', id ?? ''], env)).stdout).toContain('is revoked');
  await expect(cli(['list'], anas)).resolves.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('this key has been revoked'),
  });
});

test('whose key it is has to be said, and for what in known words', async () => {
  const { env } = await guarded();

  await expect(cli(['key', 'create'], env)).resolves.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--person'),
  });
  await expect(cli(['key', 'create', '--machine', 'm', '--scope', 'all'], env)).resolves.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--scope: expected one of crises:read'),
  });
});

test('the audit is listed and verified; a changed entry is named, and ends it with 1', async () => {
  const { env, chain } = await guarded();
  await cli(['key', 'create', '--person', 'ana'], env);
  await cli(['key', 'create', '--person', 'ben'], env);

  expect((await cli(['audit', 'list'], env)).stdout).toMatch(/admin \(api key\) +create key/);
  const sound = await cli(['audit', 'verify'], env);
  expect([sound.code, sound.stdout]).toEqual([0, expect.stringContaining('2 entries')]);
  const anchor = /--anchor (\S+)/.exec(sound.stdout)?.[1] ?? '';

  const [first] = chain;
  if (first) chain[0] = { ...first, entry: { ...first.entry, outcome: 'refused' } };
  await expect(cli(['audit', 'verify'], env)).resolves.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('entry 0 changed'),
  });
  if (first) chain.splice(0, 2, first);
  expect((await cli(['audit', 'verify'], env)).code).toBe(0);
  await expect(cli(['audit', 'verify', '--anchor', anchor], env)).resolves.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('entry 1 removed'),
  });
});
