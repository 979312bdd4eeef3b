import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { createApiKey, readKeyText, type ApiKey, type KeyRequest } from '../../src/domain/apiKey.js';
import { createAuthenticate, isLoopback, sameText } from '../../src/domain/authenticate.js';

const now = Date.parse('2026-03-02T03:00:00Z');
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const material = { id: 'k7q2m0000000', secret: 'S'.repeat(39) + '_-9x' };
const request: KeyRequest = {
  label: 'Ana’s laptop',
  holder: { kind: 'person', id: 'ana' },
  scopes: ['crises:read', 'crises:command'],
  createdBy: 'local administrator',
  expiresAt: now + 1_000,
  loopbackOnly: false,
};
const { key, text } = createApiKey(request, material, hash, now);

const askWith = (kept: ApiKey | undefined, authorization: string | undefined, local = false) =>
  createAuthenticate({
    keys: { find: (id) => Promise.resolve(id === kept?.id ? kept : undefined) },
    hash,
    now: () => now,
  })({ authorization, local });

test('a key proves its holder, with its scopes', async () => {
  expect(await askWith(key, `Bearer ${text}`)).toEqual({
    actor: { holder: { kind: 'person', id: 'ana' }, key: material.id, scopes: ['crises:read', 'crises:command'] },
  });
  expect(await askWith(key, `bearer  ${text} `)).toHaveProperty('actor');
});

test('what is kept of a key does not hold its secret', () => {
  expect(text).toBe(`firebreak_${material.id}_${material.secret}`);
  expect(JSON.stringify(key)).not.toContain(material.secret);
  expect(key.lastFour).toBe('_-9x');
});

test.each([
  ['no header', key, undefined, 'absent'],
  ['another scheme', key, `Basic ${text}`, 'malformed'],
  ['two keys', key, `Bearer ${text} ${text}`, 'malformed'],
  ['a password', key, 'Bearer hunter2', 'malformed'],
  ['a key nobody made', undefined, `Bearer ${text}`, 'unknown'],
  ['a revoked key', { ...key, revokedAt: now }, `Bearer ${text}`, 'revoked'],
  ['an expired key', { ...key, expiresAt: now }, `Bearer ${text}`, 'expired'],
  ['a local key from elsewhere', { ...key, loopbackOnly: true }, `Bearer ${text}`, 'not local'],
])('%s proves nobody', async (_, kept, header, unproven) => {
  expect(await askWith(kept, header)).toEqual({ unproven });
});

test('a local key is taken from this machine', async () => {
  expect(await askWith({ ...key, loopbackOnly: true }, `Bearer ${text}`, true)).toHaveProperty('actor');
  expect(['127.0.0.1', '127.9.0.1', '::1', '::ffff:127.0.0.1'].every(isLoopback)).toBe(true);
  expect([undefined, '', '10.0.0.1', '127.0.0.1.evil.example', '::ffff:10.0.0.1', '::2'].some(isLoopback)).toBe(false);
});

test('whatever single letter of a key is changed, it proves nobody', async () => {
  for (let index = 0; index < text.length; index += 1) {
    const other = text[index] === 'a' ? 'b' : 'a';
    const forged = text.slice(0, index) + other + text.slice(index + 1);
    expect(await askWith(key, `Bearer ${forged}`)).toHaveProperty('unproven');
  }
});

test('texts are the same when they are, whatever their lengths', () => {
  fc.assert(fc.property(fc.string(), fc.string(), (one, other) => sameText(one, other) === (one === other)));
  fc.assert(fc.property(fc.string(), (one) => sameText(one, one) && !sameText(one, `${one}\0`)));
});

test('randomness of another shape makes no key', () => {
  const wrong = { ...material, secret: 'short' };

  expect(() => createApiKey(request, wrong, hash, now)).toThrow('expected an id of 12 and a secret of 43 letters');
  expect(readKeyText(text)).toEqual(material);
});
