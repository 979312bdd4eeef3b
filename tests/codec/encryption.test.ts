import { expect, test } from '@jest/globals';
import {
  ApplicationFailure,
  defaultPayloadConverter,
  type LoadedDataConverter,
  type Payload,
  type SerializationContext,
} from '@temporalio/common';
import {
  decodeArrayFromPayloads,
  decodeOptionalFailureToOptionalError,
  encodeErrorToFailure,
  encodeToPayloadsWithContext,
} from '@temporalio/common/lib/internal-non-workflow/index.js';
import fc from 'fast-check';
import { createEncryption, keyIdOf, ownerOf } from '../../src/codec/encryption.js';
import { failureConverter } from '../../src/codec/failures.js';
import { fingerprintsOf, keyFaults, KeysAmiss, readKeyring, type Keyring } from '../../src/codec/keyring.js';
import { isRestricted } from '../../src/codec/restricted.js';
import { NotAuthentic } from '../../src/codec/sealing.js';

const keyOf = (letter: string): string => Buffer.from(letter.repeat(32)).toString('base64');
const first = readKeyring('2026-03', { '2026-03': keyOf('a') });
const rotated = readKeyring('2026-09', { '2026-03': keyOf('a'), '2026-09': keyOf('b') });
const codecWith = (keyring: Keyring) => createEncryption({ keyring, restricted: isRestricted });
const codec = codecWith(first);

const within = (workflowId: string): SerializationContext => ({ type: 'workflow', namespace: 'default', workflowId });
const secret = within('restricted:7f3a');
const payloadOf = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);
const flipped = (bytes: Uint8Array, index: number): Uint8Array => bytes.with(index, bytes[index]! ^ 1);

const bytes = fc.uint8Array({ maxLength: 300 });
const payloads = fc.array(fc.record({ metadata: fc.dictionary(fc.string(), bytes), data: bytes }), { maxLength: 5 });

test('every payload comes back as it was, and nothing of it can be read on the way', async () => {
  await fc.assert(
    fc.asyncProperty(payloads, async (given) => {
      const encrypted = await codec.encode(given, secret);
      expect(await codec.decode(encrypted, secret)).toEqual(given);
      expect(encrypted.map(keyIdOf)).toEqual(given.map(() => '2026-03'));
    }),
  );
  const [encrypted] = await codec.encode([payloadOf({ codeName: 'heron' })], secret);
  expect(Buffer.from(encrypted!.data!).toString('latin1')).not.toContain('heron');
});

test('any changed byte of what was encrypted is refused', async () => {
  await fc.assert(
    fc.asyncProperty(bytes, fc.nat(), async (data, place) => {
      const [encrypted] = await codec.encode([{ metadata: {}, data }], secret);
      const { metadata = {}, data: sealed = new Uint8Array() } = encrypted!;
      const tampered = { metadata: metadata!, data: flipped(sealed!, place % sealed!.length) };
      await expect(codec.decode([tampered])).rejects.toThrow(NotAuthentic);
      const cutOff = { metadata: metadata!, data: sealed!.slice(0, place % sealed!.length) };
      await expect(codec.decode([cutOff])).rejects.toThrow(NotAuthentic);
    }),
  );
});

test('the same payload never looks the same twice', async () => {
  const once = await codec.encode([payloadOf('same')], secret);

  expect(await codec.encode([payloadOf('same')], secret)).not.toEqual(once);
});

test('after a rotation the new key encrypts and the old one still decrypts', async () => {
  const before = await codec.encode([payloadOf('before')], secret);
  const after = await codecWith(rotated).encode([payloadOf('after')], secret);

  expect(after.map(keyIdOf)).toEqual(['2026-09']);
  expect(await codecWith(rotated).decode([...before, ...after])).toEqual([payloadOf('before'), payloadOf('after')]);
});

test('a key that is not here is named, and another one under its name does not pass', async () => {
  const after = await codecWith(rotated).encode([payloadOf('after')], secret);
  const relabelled = after.map(({ data }) => ({
    metadata: { ...after[0]!.metadata, 'encryption-key-id': Buffer.from('2026-03') },
    data: data!,
  }));

  await expect(codec.decode(after)).rejects.toThrow('encryption key 2026-09 is missing');
  await expect(codec.decode(relabelled)).rejects.toThrow('what encryption key 2026-03 encrypted was changed');
  const sameKeyTwice = readKeyring('a', { a: keyOf('a'), '2026-09': keyOf('b'), '2026-03': keyOf('b') });
  await expect(codecWith(sameKeyTwice).decode(relabelled)).rejects.toThrow(NotAuthentic);
});

test('only what belongs to a restricted workflow is encrypted, and what nobody can place', async () => {
  const plain = [payloadOf('open')];
  const activity = (workflowId: string): SerializationContext => ({
    type: 'activity',
    namespace: 'default',
    workflowId,
    isLocal: false,
  });

  expect(await codec.encode(plain, within('crisis:checkout'))).toBe(plain);
  expect(await codec.encode(plain, activity('crisis:checkout'))).toBe(plain);
  expect((await codec.encode(plain, activity('restricted:7f3a'))).map(keyIdOf)).toEqual(['2026-03']);
  expect((await codec.encode(plain)).map(keyIdOf)).toEqual(['2026-03']);
  expect(await codec.decode(plain)).toEqual(plain);
});

test('what is encrypted already is not encrypted again', async () => {
  const once = await codec.encode([payloadOf('once')], secret);

  expect(await codec.encode(once, secret)).toEqual(once);
});

const converter: LoadedDataConverter = {
  payloadConverter: defaultPayloadConverter,
  failureConverter,
  payloadCodecs: [codec],
};

test('values pass through the SDK’s own conversion', async () => {
  const encoded = await encodeToPayloadsWithContext(converter, secret, [{ codeName: 'heron' }, [1, null]]);

  expect(encoded?.map(keyIdOf)).toEqual(['2026-03', '2026-03']);
  expect(await decodeArrayFromPayloads(converter, encoded, secret)).toEqual([{ codeName: 'heron' }, [1, null]]);
});

test('a restricted failure keeps its words, its details and its cause to those with the key', async () => {
  const cause = new Error('the vault of heron');
  const error = ApplicationFailure.create({
    message: 'heron is not isolated',
    type: 'NotIsolated',
    details: ['db-7'],
    cause,
  });

  const failure = await encodeErrorToFailure(converter, error, secret);

  const seen = JSON.stringify(failure, (_, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
  );
  expect(seen).toContain('NotIsolated');
  for (const word of ['heron', 'db-7', 'vault', 'encryption.test']) expect(seen).not.toContain(word);
  expect(await decodeOptionalFailureToOptionalError(converter, failure, secret)).toMatchObject({
    message: 'heron is not isolated',
    details: ['db-7'],
    cause: { message: 'the vault of heron' },
  });
});

test('a restricted failure that is handed on by its workflow keeps its words, and stays encrypted', async () => {
  const activity = await encodeErrorToFailure(
    converter,
    ApplicationFailure.nonRetryable('heron is not isolated'),
    secret,
  );
  const seenInWorkflow = await decodeOptionalFailureToOptionalError(converter, activity, secret);

  const handedOn = await encodeErrorToFailure(converter, seenInWorkflow, secret);

  expect(handedOn.message).toBe('Encoded failure');
  expect(keyIdOf(handedOn.encodedAttributes!)).toBe('2026-03');
  expect(await decodeOptionalFailureToOptionalError(converter, handedOn, secret)).toMatchObject({
    message: 'heron is not isolated',
  });
});

test('the failure of an open crisis stays readable', async () => {
  const failure = await encodeErrorToFailure(converter, new Error('checkout is down'), within('crisis:checkout'));

  expect(failure.message).toBe('checkout is down');
  expect(failure.encodedAttributes).toBeFalsy();
});

test('what belongs to one workflow does not pass for another’s', async () => {
  const [ours] = await codec.encode([payloadOf('ours')], secret);
  const claimed = { ...ours!, metadata: { ...ours!.metadata, 'workflow-id': Buffer.from('restricted:other') } };
  const { 'workflow-id': _, ...nobodys } = ours!.metadata!;

  expect(ownerOf(ours!)).toBe('restricted:7f3a');
  await expect(codec.decode([claimed])).rejects.toThrow(NotAuthentic);
  await expect(codec.decode([{ ...ours!, metadata: nobodys }])).rejects.toThrow(NotAuthentic);
});

test('another key under the name of one that was used is found', () => {
  const known = fingerprintsOf(rotated);

  expect(keyFaults(known, rotated)).toEqual([]);
  expect(keyFaults(known, first)).toEqual([]);
  expect(keyFaults(known, readKeyring('2026-09', { '2026-03': keyOf('z'), '2026-09': keyOf('b') }))).toEqual([
    'encryption key 2026-03 is not the key that was used under this name',
  ]);
  expect(JSON.stringify(known)).not.toContain(keyOf('a'));
});

test.each([
  ['k', { k: Buffer.alloc(31).toString('base64') }, 'encryption key k: expected 32 bytes in base64, came 31 bytes'],
  ['k', { k: `${keyOf('a').slice(0, -4)} !` }, 'encryption key k: expected 32 bytes in base64, came something else'],
  ['k', { k: keyOf('a'), old: '' }, 'encryption key old: expected 32 bytes in base64, came 0 bytes'],
  ['other', { k: keyOf('a') }, 'current encryption key: expected one of k, came other'],
  ['toString', {}, 'current encryption key: expected one of none, came toString'],
])('keys that are not as they should be are named: %s %j', (current, texts, message) => {
  expect(() => readKeyring(current, texts)).toThrow(new KeysAmiss(message));
});
