import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, resolve } from 'node:path';
import type { Collected, EvidencePart } from '../domain/evidence.js';
import type { BlobStore } from './blobs.js';

/** What a way of collecting finds out; who and why is added around it. */
export type Taken = Pick<Collected, 'source' | 'parts' | 'caveats'>;

/** This cannot be collected, and the message says why. */
export class NotCollectable extends Error {
  override readonly name = 'NotCollectable';
}

/** Where a path really leads; throws NotCollectable where that is nowhere. */
export const realPathOf = (path: string): Promise<string> =>
  realpath(path).catch((error: unknown) => {
    throw new NotCollectable(`${path}: ${error instanceof Error ? error.message : 'it cannot be found'}`);
  });

type Kept = { part: EvidencePart; modifiedAt: number; changed: boolean };

/** Keeps one regular file under a name. Throws NotCollectable where it is none, and TooLarge beyond `maxBytes`. */
export const keepFile = async (
  blobs: Pick<BlobStore, 'put'>,
  path: string,
  name: string,
  maxBytes: number,
): Promise<Kept> => {
  // Without O_NONBLOCK the opening of a named pipe waits for whoever writes to it.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: unknown) => {
    throw new NotCollectable(`${path}: ${error instanceof Error ? error.message : 'it cannot be read'}`);
  });
  try {
    const before = await file.stat();
    if (!before.isFile()) throw new NotCollectable(`${path}: expected a regular file`);
    const blob = await blobs.put(file.createReadStream({ autoClose: false }), maxBytes);
    const after = await file.stat();
    return {
      part: { name, ...blob },
      modifiedAt: Math.floor(before.mtimeMs),
      changed: after.mtimeMs !== before.mtimeMs || after.size !== before.size || blob.sizeBytes !== before.size,
    };
  } finally {
    await file.close();
  }
};

/** Keeps a regular file as it is now. Throws NotCollectable where there is none, and TooLarge beyond `maxBytes`. */
export const takeFile = async (blobs: Pick<BlobStore, 'put'>, path: string, maxBytes: number): Promise<Taken> => {
  const real = await realPathOf(path);
  const { part, modifiedAt, changed } = await keepFile(blobs, real, basename(path), maxBytes);
  return {
    source: { kind: 'file', host: hostname(), path: real, modifiedAt },
    parts: [part],
    caveats: [
      ...(changed ? ['The file changed while it was read.'] : []),
      ...(real === resolve(path) ? [] : [`It was asked for as ${path}.`]),
    ],
  };
};
