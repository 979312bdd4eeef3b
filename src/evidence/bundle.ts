import { open, readFile } from 'node:fs/promises';
import { isAbsolute, join, normalize } from 'node:path';
import { z } from 'zod';
import type { Anchor } from '../domain/chain.js';
import { NoSuchBlob, type BlobStore } from './blobs.js';
import { sha256 } from './hashing.js';
import { Manifest } from './manifest.js';
import { verifyEvidence, type Verdict } from './verifying.js';

/** This is no bundle, and the message says what is wrong with it. */
export class NoBundle extends Error {
  override readonly name = 'NoBundle';
}

/** Verifies an exported bundle by itself, without a database; `anchors` are what is known of the chain from elsewhere. */
export const verifyBundle = async (folder: string, anchors: readonly Anchor[] = []): Promise<Verdict> => {
  const { crisisId, entries, head, files } = await readManifest(folder);
  return verifyEvidence({
    crisisId,
    entries,
    hash: sha256,
    anchors: head ? [...anchors, head] : anchors,
    blobs: filesOf(folder, files),
  });
};

const readManifest = async (folder: string): Promise<Manifest> => {
  const path = join(folder, 'manifest.json');
  try {
    return Manifest.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    const why =
      error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : 'unreadable';
    throw new NoBundle(`${path}: ${why}`, { cause: error });
  }
};

const filesOf = (folder: string, files: Readonly<Record<string, string>>): Pick<BlobStore, 'open'> => ({
  async open(hash) {
    const name = normalize(files[hash] ?? '');
    // A manifest from elsewhere must not have us read what lies outside its bundle.
    if (name === '.' || isAbsolute(name) || name.startsWith('..'))
      throw new NoSuchBlob(`the bundle has no file for ${hash}`);
    try {
      return (await open(join(folder, name), 'r')).createReadStream();
    } catch (error) {
      throw new NoSuchBlob(`${name} is not in the bundle`, { cause: error });
    }
  },
});
