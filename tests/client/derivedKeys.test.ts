import { expect, test } from '@jest/globals';
import { commandKeysOf } from '../../src/client/derivedKeys.js';
import { signCommand, verifyCommand } from '../../src/domain/signedCommand.js';

const signingKey = 'a key for tests, long enough to sign with';
const newer = `2026b=${'n'.repeat(40)}`;
const now = Date.parse('2026-03-02T03:00:00Z');
const command = { crisis: 'CR-20260302-K7Q2', command: 'approve', input: { id: 'c-1', by: 'ana', request: 'r' } };
const signed = (keys: string | undefined) =>
  signCommand({ ...command, actor: { kind: 'person', id: 'ana', key: 'k' } }, commandKeysOf(signingKey, keys), now);
const verified = async (proof: Awaited<ReturnType<typeof signed>>, keys: string | undefined) =>
  verifyCommand(command, proof, commandKeysOf(signingKey, keys), { now, maxAgeMs: 60_000 });

test('a rotation lets what is under way be verified, and what follows is signed by the newer key', async () => {
  const underWay = await signed(undefined);
  // First every process learns to verify the newer key, then it signs, then the older one goes.
  const [learnt, rotated] = [`derived,${newer}`, `${newer},derived`];
  expect((await signed(learnt)).keyId).toBe(underWay.keyId);
  const after = await signed(rotated);
  expect(after.keyId).toBe('2026b');

  expect(await verified(underWay, rotated)).toHaveProperty('actor');
  expect(await verified(after, learnt)).toHaveProperty('actor');
  expect(await verified(after, newer)).toHaveProperty('actor');
  expect(await verified(underWay, newer)).toEqual({ fault: 'unknown key' });
});

test('another secret under the same name verifies nothing', async () => {
  expect(await verified(await signed(newer), `2026b=${'x'.repeat(40)}`)).toEqual({ fault: 'altered' });
});
