import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join, normalize } from 'node:path';
import { extract } from 'tar-stream';
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

/** What a bundle came to; `crisisId` is what it says of itself. */
export type BundleVerdict = Verdict & { crisisId: string };

/**
 * Verifies an exported bundle by itself, without a database: the tar, or the folder it was unpacked into. `anchors` are what
 * is known of the chain from elsewhere.
 */
export const verifyBundle = async (path: string, anchors: readonly Anchor[] = []): Promise<BundleVerdict> => {
  const found = await stat(path).catch((error: unknown) => {
    throw new NoBundle(`${path}: ${error instanceof Error ? error.message : 'it cannot be found'}`);
  });
  if (found.isDirectory()) return verifyFolder(path, anchors);
  const folder = await mkdtemp(join(tmpdir(), 'firebreak-bundle-'));
  try {
    await unpack(path, folder);
    return await verifyFolder(folder, anchors);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const verifyFolder = async (folder: string, anchors: readonly Anchor[]): Promise<BundleVerdict> => {
  const { crisisId, entries, head, files } = await readManifest(folder);
  const blobs = filesOf(folder, files);
  const known = head ? [...anchors, head] : anchors;
  return { crisisId, ...(await verifyEvidence({ crisisId, entries, hash: sha256, anchors: known, blobs })) };
};

/** Nothing else is in a bundle, and nothing of it leads out of the folder. */
const ours = /^(manifest\.json|SHA256SUMS|files\/[\w.-]+)$/;

const unpack = async (path: string, folder: string): Promise<void> => {
  const tar = extract();
  const reading = createReadStream(path);
  reading.on('error', (error) => tar.destroy(error));
  reading.pipe(tar);
  try {
    for await (const entry of tar) {
      const { name, type } = entry.header;
      if (type !== 'file' || !ours.test(name)) throw new Error(`it holds ${JSON.stringify(name)}, which is not ours`);
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), entry as AsyncIterable<Uint8Array>, { flag: 'wx', mode: 0o600 });
    }
  } catch (error) {
    throw new NoBundle(`${path}: ${error instanceof Error ? error.message : 'it is no tar'}`, { cause: error });
  }
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
