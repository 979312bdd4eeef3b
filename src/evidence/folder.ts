import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { NoSuchBlob, type Blob, type BlobStore } from './blobs.js';
import { createHashing } from './hashing.js';

export const isHash = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

/** Contents as files under their hashes, `ab/abcdef…`, readable by the owner alone and written by nobody after. */
export const createFolder = (folder: string): BlobStore => {
  const placeOf = (sha256: string): string => join(folder, sha256.slice(0, 2), sha256);
  return {
    async put(content, maxBytes) {
      const draft = join(folder, 'drafts', randomUUID());
      await mkdir(dirname(draft), { recursive: true, mode: 0o700 });
      try {
        const blob = await writeDraft(draft, content, maxBytes);
        const place = placeOf(blob.sha256);
        await mkdir(dirname(place), { recursive: true, mode: 0o700 });
        // Also where it is kept already: a copy that was damaged since must not stand for what was just read.
        await rename(draft, place);
        await syncFolder(dirname(place));
        await syncFolder(folder);
        return blob;
      } finally {
        await rm(draft, { force: true });
      }
    },
    async open(sha256) {
      if (!isHash(sha256)) throw new NoSuchBlob(`expected a SHA-256 in hex, came ${sha256}`);
      return openFile(placeOf(sha256), sha256);
    },
    async sizeOf(sha256) {
      return isHash(sha256) ? (await stat(placeOf(sha256)).catch(() => undefined))?.size : undefined;
    },
  };
};

const openFile = async (path: string, sha256: string) => {
  try {
    return (await open(path, 'r')).createReadStream();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new NoSuchBlob(`nothing is kept under ${sha256}`, { cause: error });
  }
};

/** Writes a stream into a new file, hashed on the way, and durable once answered. */
export const writeDraft = async (path: string, content: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Blob> => {
  const file = await open(path, 'wx', 0o400);
  try {
    const { through, seen } = createHashing(maxBytes);
    await writeFile(file, through(content));
    await file.sync();
    return seen();
  } finally {
    await file.close();
  }
};

/** A new name in a folder is durable only once the folder itself is. */
const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};
