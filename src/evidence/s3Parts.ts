import { createReadStream } from 'node:fs';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
  type CompletedPart,
  type S3Client,
} from '@aws-sdk/client-s3';

type Upload = { client: S3Client; partBytes: number; to: { Bucket: string; Key: string } };

/** Sends a large file in parts, each compared on arrival; where it fails, nothing of it stays. */
export const putInParts = async ({ client, partBytes, to }: Upload, path: string, sizeBytes: number): Promise<void> => {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ ...to, ChecksumAlgorithm: 'SHA256' }));
  const upload = { ...to, UploadId };
  try {
    const parts: CompletedPart[] = [];
    for (let start = 0; start < sizeBytes; start += partBytes) {
      const end = Math.min(start + partBytes, sizeBytes);
      const body = await bytesOf(path, start, end);
      const PartNumber = parts.length + 1;
      const { ETag, ChecksumSHA256 } = await client.send(
        new UploadPartCommand({ ...upload, PartNumber, Body: body, ChecksumAlgorithm: 'SHA256' }),
      );
      parts.push({ PartNumber, ETag, ChecksumSHA256 });
    }
    await client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: parts } }));
  } catch (error) {
    await client.send(new AbortMultipartUploadCommand(upload)).catch(() => undefined);
    throw error;
  }
};

/** In memory, so that the client can send it again after a failure. */
export const bytesOf = async (path: string, start: number, end: number): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  if (end === start) return Buffer.alloc(0);
  for await (const piece of createReadStream(path, { start, end: end - 1 })) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
};
