import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CommandProof } from '../../src/domain/commandProof.js';
import { signCommand, verifyCommand, type CommandToSign, type SigningKeys } from '../../src/domain/signedCommand.js';

const secret = (letter: string): Uint8Array => new TextEncoder().encode(letter.repeat(32));
const keys: SigningKeys = { current: 'k1', secrets: { k1: secret('a') } };
const now = Date.parse('2026-03-02T03:00:00Z');
const within = { now, maxAgeMs: 60_000 };
const given: CommandToSign = {
  actor: { kind: 'person', id: 'ana', key: 'k7q2m0000000' },
  crisis: 'CR-20260302-K7Q2',
  command: 'approve',
  input: { id: 'c-1', by: 'ana', request: 'failover', parameters: { region: 'eu', count: 2 } },
};
const proof = await signCommand(given, keys, now);

test('a signed command tells its actor, in whatever order its fields come', async () => {
  const input = Object.fromEntries(Object.entries(given.input).toReversed());

  expect(await verifyCommand(given, proof, keys, within)).toEqual({ actor: given.actor });
  expect(
    await verifyCommand({ ...given, input }, CommandProof.parse(JSON.parse(JSON.stringify(proof))), keys, within),
  ).toEqual({
    actor: given.actor,
  });
});

test.each<[string, Partial<CommandToSign>]>([
  ['another crisis', { crisis: 'CR-20260302-OTHER' }],
  ['another command', { command: 'reject' }],
  ['another request', { input: { ...given.input, request: 'drop-table' } }],
  ['another parameter', { input: { ...given.input, parameters: { region: 'us', count: 2 } } }],
  ['a number that became a text', { input: { ...given.input, parameters: { region: 'eu', count: '2' } } }],
  ['a field more', { input: { ...given.input, force: true } }],
  ['a field less', { input: { id: 'c-1', by: 'ana', request: 'failover' } }],
  ['another sender in the command', { input: { ...given.input, by: 'eve' } }],
  ['something that is no JSON', { input: { ...given.input, parameters: NaN } }],
])('a proof does not hold for %s', async (_, changed) => {
  expect(await verifyCommand({ ...given, ...changed }, proof, keys, within)).toEqual({ fault: 'altered' });
});

test.each<[string, Partial<CommandProof>]>([
  ['another person', { actor: { ...given.actor, id: 'eve' } }],
  ['a machine', { actor: { ...given.actor, kind: 'machine' } }],
  ['another API key', { actor: { ...given.actor, key: 'other' } }],
  ['a later time', { signedAt: now + 1 }],
  ['no signature', { signature: '' }],
  ['a signature that is no base64', { signature: '???' }],
])('a proof does not hold with %s', async (_, changed) => {
  expect(await verifyCommand(given, { ...proof, ...changed }, keys, within)).toEqual({ fault: 'altered' });
});

test('whatever byte of a signature is changed, it does not hold', async () => {
  const { signature } = proof;
  // The last letter carries two spare bits; a change in those alone decodes to the same bytes.
  for (let index = 0; index < signature.length - 1; index += 1) {
    const forged = signature.slice(0, index) + (signature[index] === 'A' ? 'B' : 'A') + signature.slice(index + 1);
    expect(await verifyCommand(given, { ...proof, signature: forged }, keys, within)).toEqual({ fault: 'altered' });
  }
});

test('a key that is not ours, or ours under another name, is refused', async () => {
  const twice: SigningKeys = { current: 'k1', secrets: { k1: secret('a'), k2: secret('a') } };

  expect(await verifyCommand(given, { ...proof, keyId: 'k9' }, keys, within)).toEqual({ fault: 'unknown key' });
  expect(await verifyCommand(given, { ...proof, keyId: 'constructor' }, keys, within)).toEqual({
    fault: 'unknown key',
  });
  expect(await verifyCommand(given, { ...proof, keyId: 'k2' }, twice, within)).toEqual({ fault: 'altered' });
  expect(await verifyCommand(given, proof, { ...keys, secrets: { k1: secret('b') } }, within)).toEqual({
    fault: 'altered',
  });
});

test('after a rotation the old key verifies what it signed, and no longer signs', async () => {
  const rotated: SigningKeys = { current: 'k2', secrets: { ...keys.secrets, k2: secret('b') } };

  expect((await signCommand(given, rotated, now)).keyId).toBe('k2');
  expect(await verifyCommand(given, proof, rotated, within)).toHaveProperty('actor');
});

test('a proof holds for its time, and not before', async () => {
  const at = (instant: number) => verifyCommand(given, proof, keys, { now: instant, maxAgeMs: 60_000 });

  expect(await at(now + 59_999)).toHaveProperty('actor');
  expect(await at(now + 60_000)).toEqual({ fault: 'expired' });
  expect(await at(now - 60_000)).toHaveProperty('actor');
  expect(await at(now - 60_001)).toEqual({ fault: 'from the future' });
});

test('a key that is too short or absent signs nothing', async () => {
  await expect(signCommand(given, { current: 'k1', secrets: { k1: secret('a').slice(1) } }, now)).rejects.toThrow(
    'signing key k1: expected at least 32 bytes, came 31',
  );
  await expect(signCommand(given, { current: 'k2', secrets: {} }, now)).rejects.toThrow('came none');
});

test('any command verifies as it was sent, and not with another input', async () => {
  const inputs = fc.dictionary(fc.string(), fc.jsonValue());
  await fc.assert(
    fc.asyncProperty(inputs, inputs, async (input, other) => {
      const signed = await signCommand({ ...given, input }, keys, now);
      const json = (value: unknown) => JSON.stringify(value);
      expect(await verifyCommand({ ...given, input }, signed, keys, within)).toHaveProperty('actor');
      fc.pre(Object.keys(input).length !== Object.keys(other).length && json(input) !== json(other));
      expect(await verifyCommand({ ...given, input: other }, signed, keys, within)).toEqual({ fault: 'altered' });
    }),
    { numRuns: 60 },
  );
});
