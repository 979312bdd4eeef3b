import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename } from 'node:path';
import type { Collected } from '../domain/evidence.js';
import type { BlobStore } from './blobs.js';

/** What a way of collecting finds out; who and why is added around it. */
export type Taken = Pick<Collected, 'source' | 'parts' | 'caveats'>;

/** This cannot be collected, and the message says why. */
export class NotCollectable extends Error {
  override readonly name = 'NotCollectable';
}

/** Keeps a regular file as it is now. Throws NotCollectable where there is none, and TooLarge beyond `maxBytes`. */
export const takeFile = async (blobs: BlobStore, path: string, maxBytes: number): Promise<Taken> => {
  const real = await realpath(path).catch((error: unknown) => {
    throw new NotCollectable(`${path}: ${error instanceof Error ? error.message : 'it cannot be found'}`);
  });
  // Without O_NONBLOCK the opening of a named pipe waits for whoever writes to it.
  const file = await open(real, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const before = await file.stat();
    if (!before.isFile()) throw new NotCollectable(`${path}: expected a regular file`);
    const blob = await blobs.put(file.createReadStream({ autoClose: false }), maxBytes);
    const after = await file.stat();
    const changed = after.mtimeMs !== before.mtimeMs || after.size !== before.size || blob.sizeBytes !== before.size;
    return {
      source: { kind: 'file', host: hostname(), path: real, modifiedAt: Math.floor(before.mtimeMs) },
      parts: [{ name: basename(path), ...blob }],
      caveats: [
        ...(changed ? ['The file changed while it was read.'] : []),
        ...(real === path ? [] : [`It was asked for as ${path}.`]),
      ],
    };
  } finally {
    await file.close();
  }
};
