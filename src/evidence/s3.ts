import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import {
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import type { EvidenceStore } from '../domain/settings.js';
import { NoSuchBlob, type Blob, type BlobStore } from './blobs.js';
import { isHash, writeDraft } from './folder.js';
import { bytesOf, putInParts } from './s3Parts.js';

/** `drafts` is a local folder: a key is the hash of a content, so all of it must have been seen before it is sent. */
export type S3Place = { client: S3Client; bucket: string; prefix: string; drafts: string; partBytes?: number };

/** A client that hands out what is kept as it is: whether it is as it was, verifying finds out, and names it. */
export const createClient = (config: S3ClientConfig): S3Client =>
  new S3Client({ ...config, responseChecksumValidation: 'WHEN_REQUIRED' });

/** The client for a bucket as the configuration names it. */
export const clientOf = ({ region, endpoint, pathStyle }: Extract<EvidenceStore, { kind: 's3' }>): S3Client =>
  createClient({ region, forcePathStyle: pathStyle, ...(endpoint !== undefined && { endpoint }) });

/** Larger contents go up in parts, of which there may be 10,000 (Amazon S3 API reference): 160 GiB in all. */
const usualPartBytes = 16 * 1024 ** 2;

/**
 * Contents in a bucket under their hashes, `<prefix>ab/abcdef…`. The service compares what arrives with the SHA-256 before it
 * keeps anything. Versioning and Object Lock are the bucket's own to set.
 */
export const createS3 = ({ client, bucket, prefix, drafts, partBytes = usualPartBytes }: S3Place): BlobStore => {
  const placeOf = (sha256: string) => ({ Bucket: bucket, Key: `${prefix}${sha256.slice(0, 2)}/${sha256}` });
  const send = async (draft: string, { sha256, sizeBytes }: Blob): Promise<void> => {
    if (sizeBytes > partBytes) return putInParts({ client, partBytes, to: placeOf(sha256) }, draft, sizeBytes);
    await client.send(
      new PutObjectCommand({
        ...placeOf(sha256),
        Body: await bytesOf(draft, 0, sizeBytes),
        ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'),
      }),
    );
  };
  return {
    async put(content, maxBytes) {
      await mkdir(drafts, { recursive: true, mode: 0o700 });
      const draft = join(drafts, randomUUID());
      try {
        const blob = await writeDraft(draft, content, maxBytes);
        await send(draft, blob);
        return blob;
      } finally {
        await rm(draft, { force: true });
      }
    },
    async open(sha256) {
      if (!isHash(sha256)) throw new NoSuchBlob(`expected a SHA-256 in hex, came ${sha256}`);
      try {
        const { Body } = await client.send(new GetObjectCommand(placeOf(sha256)));
        if (!Body) throw new NoSuchBlob(`nothing came for ${sha256}`);
        return Body as Readable;
      } catch (error) {
        throw isMissing(error) ? new NoSuchBlob(`nothing is kept under ${sha256}`, { cause: error }) : error;
      }
    },
    async sizeOf(sha256) {
      if (!isHash(sha256)) return undefined;
      try {
        return (await client.send(new HeadObjectCommand(placeOf(sha256)))).ContentLength;
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
  };
};

const isMissing = (error: unknown): boolean =>
  error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404;
