import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test as always } from '@jest/globals';
import { NoSuchBlob, TooLarge, type BlobStore } from '../../src/evidence/blobs.js';
import { hashOf } from '../../src/evidence/hashing.js';
import { createS3 } from '../../src/evidence/s3.js';
import { gateway, startS3Server } from '../support/s3Server.js';

// Without Go, and without the server on the PATH, there is nothing real to speak with: docs/decisions/0017-s3.md.
const test = gateway === undefined ? always.skip : always;

let server: Awaited<ReturnType<typeof startS3Server>>;
let stop = async (): Promise<void> => Promise.resolve();
let drafts: string;
let blobs: BlobStore;
beforeAll(async () => {
  if (gateway === undefined) return;
  server = await startS3Server(gateway);
  stop = server.stop;
  drafts = await mkdtemp(join(tmpdir(), 'firebreak-drafts-'));
  blobs = createS3({ client: server.client, bucket: server.bucket, prefix: 'case/', drafts, partBytes: 5 * 1024 ** 2 });
}, 120_000);
afterAll(() => stop());

const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
const keyOf = (hash: string): string => `case/${hash.slice(0, 2)}/${hash}`;

test('a content lies in the bucket under its hash, and comes back as it was', async () => {
  const content = randomBytes(200_000);

  const blob = await blobs.put(Readable.from([content.subarray(0, 7), content.subarray(7)]), 1_000_000);

  expect(blob).toEqual({ sha256: sha256(content), sizeBytes: 200_000 });
  expect((await readFile(server.fileOf(keyOf(blob.sha256)))).equals(content)).toBe(true);
  expect((await buffer(await blobs.open(blob.sha256))).equals(content)).toBe(true);
  expect(await blobs.sizeOf(blob.sha256)).toBe(200_000);
  expect(await readdir(drafts)).toEqual([]);
});

test('what is too large for one request goes up in parts', async () => {
  const content = randomBytes(11 * 1024 ** 2);

  const blob = await blobs.put(Readable.from([content]), Infinity);

  expect(await hashOf(await blobs.open(blob.sha256))).toEqual({ sha256: sha256(content), sizeBytes: content.length });
});

test('an empty content is one too', async () => {
  const { sha256: hash } = await blobs.put(Readable.from([]), 10);

  expect(await hashOf(await blobs.open(hash))).toEqual({ sha256: hash, sizeBytes: 0 });
});

test('a byte changed in the bucket shows by its hash', async () => {
  const { sha256: hash } = await blobs.put(Readable.from([Buffer.from('as it was')]), 100);
  await writeFile(server.fileOf(keyOf(hash)), 'as it waS');

  expect((await hashOf(await blobs.open(hash))).sha256).not.toBe(hash);
});

test('what is not there, or too large, is said as such, and leaves nothing', async () => {
  const unknown = sha256(Buffer.from('never kept'));

  await expect(blobs.open(unknown)).rejects.toThrow(NoSuchBlob);
  await expect(blobs.open('../secrets')).rejects.toThrow(NoSuchBlob);
  expect(await blobs.sizeOf(unknown)).toBeUndefined();
  await expect(blobs.put(Readable.from([Buffer.alloc(11)]), 10)).rejects.toThrow(TooLarge);
  expect(await readdir(drafts)).toEqual([]);
});
