import { readdir, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, relative } from 'node:path';
import type { EvidencePart } from '../domain/evidence.js';
import { TooLarge, type BlobStore } from './blobs.js';
import { keepFile, NotCollectable, realPathOf, takeFile, type Taken } from './fromFile.js';

/** More is no piece of evidence any more, but an image of a disk, and that is one file. */
const mostFiles = 10_000;

/** Keeps a file, or every regular file in a folder. Throws as `takeFile` does; `maxBytes` is for all of it. */
export const takePath = async (blobs: Pick<BlobStore, 'put'>, path: string, maxBytes: number): Promise<Taken> => {
  const real = await realPathOf(path);
  return (await stat(real)).isDirectory() ? takeFolder(blobs, real, maxBytes) : takeFile(blobs, path, maxBytes);
};

/**
 * One part a file, in the order of their names. A folder that lives changes while it is read: what was left out, and what
 * was not as it had been, is a caveat and no failure, since the rest may never be had again.
 */
const takeFolder = async (blobs: Pick<BlobStore, 'put'>, folder: string, maxBytes: number): Promise<Taken> => {
  const found = (await readdir(folder, { withFileTypes: true, recursive: true }))
    .map((entry) => ({ entry, path: join(entry.parentPath, entry.name) }))
    .filter(({ entry }) => !entry.isDirectory())
    .sort((one, other) => (one.path < other.path ? -1 : 1));
  if (found.length > mostFiles)
    throw new NotCollectable(`${folder}: expected at most ${mostFiles} files, came ${found.length}`);
  const parts: EvidencePart[] = [];
  const caveats: string[] = [];
  let left = maxBytes;
  for (const { entry, path } of found) {
    const name = relative(folder, path);
    if (!entry.isFile()) {
      caveats.push(`${name} was left out: it is no regular file.`);
      continue;
    }
    const kept = await keepFile(blobs, path, name, left).catch((error: unknown) => {
      if (error instanceof TooLarge) throw new TooLarge(`${folder}: expected at most ${maxBytes} bytes, came more`);
      if (error instanceof NotCollectable) return error;
      throw error;
    });
    if (kept instanceof NotCollectable) {
      caveats.push(`${name} was left out: ${kept.message}.`);
      continue;
    }
    if (kept.changed) caveats.push(`${name} changed while it was read.`);
    left -= kept.part.sizeBytes;
    parts.push({ ...kept.part, modifiedAt: kept.modifiedAt });
  }
  return { source: { kind: 'folder', host: hostname(), path: folder }, parts, caveats };
};
