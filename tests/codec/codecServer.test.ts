import { expect, test } from '@jest/globals';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { createCodecServer, type WirePayload } from '../../src/codec/codecServer.js';
import { createEncryption } from '../../src/codec/encryption.js';
import { readKeyring } from '../../src/codec/keyring.js';
import { isRestricted } from '../../src/codec/restricted.js';

const keyOf = (letter: string): string => Buffer.from(letter.repeat(32)).toString('base64');
const codecWith = (id: string) =>
  createEncryption({ keyring: readKeyring(id, { [id]: keyOf(id) }), restricted: isRestricted });
const codec = codecWith('a');
const server = createCodecServer(codec);

const payloadOf = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);
const wire = ({ metadata, data }: Payload): WirePayload => ({
  metadata: Object.fromEntries(
    Object.entries(metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString('base64')]),
  ),
  data: Buffer.from(data ?? []).toString('base64'),
});
const encrypted = async (value: unknown, workflowId?: string, by = codec): Promise<WirePayload> => {
  const context =
    workflowId === undefined ? undefined : { type: 'workflow' as const, namespace: 'default', workflowId };
  const [payload] = await by.encode([payloadOf(value)], context);
  return wire(payload!);
};

test('payloads come back decoded in the shape they were sent in, and what was open as it was', async () => {
  const sent = [await encrypted('heron', 'restricted:heron'), wire(payloadOf('open'))];

  expect(await server.decode(sent, () => Promise.resolve(true))).toEqual({
    payloads: [wire(payloadOf('heron')), wire(payloadOf('open'))],
    decoded: 1,
    refused: [],
  });
  expect(await server.decode([], () => Promise.resolve(true))).toEqual({ payloads: [], decoded: 0, refused: [] });
});

test('each workflow is asked about once, and what somebody may not see stays as it came', async () => {
  const asked: (string | undefined)[] = [];
  const [one, two, other, nobodys] = [
    await encrypted(1, 'restricted:heron'),
    await encrypted(2, 'restricted:heron'),
    await encrypted(3, 'restricted:egret'),
    await encrypted(4),
  ];
  const answer = await server.decode([one, other, two, nobodys], (owner) => {
    asked.push(owner);
    return Promise.resolve(owner === 'restricted:heron');
  });

  expect(asked).toEqual(['restricted:heron', 'restricted:egret', undefined]);
  expect(answer).toEqual({
    payloads: [wire(payloadOf(1)), other, wire(payloadOf(2)), nobodys],
    decoded: 2,
    refused: ['restricted:egret', undefined],
  });
});

test('a key that is missing and data that was changed are said in words', async () => {
  const theirs = await encrypted('theirs', 'restricted:heron', codecWith('x'));
  const ours = await encrypted('ours', 'restricted:heron');
  const all = () => Promise.resolve(true);

  expect(await server.decode([theirs], all)).toEqual({ fault: expect.stringContaining('encryption key x is missing') });
  expect(await server.decode([{ ...ours, data: theirs.data }], all)).toEqual({
    fault: expect.stringContaining('was changed'),
  });
});

test('what is encoded says nothing, and workers decode it', async () => {
  const [encoded] = await server.encode([wire(payloadOf('isolate db-7'))]);

  expect(Buffer.from(encoded!.data, 'base64').toString('latin1')).not.toContain('db-7');
  expect(await server.decode([encoded!], () => Promise.resolve(true))).toMatchObject({
    payloads: [wire(payloadOf('isolate db-7'))],
  });
});
