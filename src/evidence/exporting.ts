import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NoSuchBlob, type BlobStore } from './blobs.js';
import { syncFolder } from './folder.js';
import { sha256 } from './hashing.js';
import { sealing, type Manifest } from './manifest.js';
import { partsOf, verifyEvidence, type ToVerify, type Verdict } from './verifying.js';

/** The crisis's evidence goes into `folder`, which must not exist yet. `at` in milliseconds since 1970. */
export type ExportOrder = Omit<ToVerify, 'blobs' | 'hash'> & {
  blobs: BlobStore;
  folder: string;
  by: string;
  at: number;
};

/**
 * Makes a bundle that stands for itself: the contents under readable names, `SHA256SUMS` for sha256sum, and the manifest
 * with the chain. Faults are exported with the rest and named in the manifest; the answer is the same verdict.
 */
export const exportEvidence = async (order: ExportOrder): Promise<Verdict> => {
  const { crisisId, entries, folder, by, at } = order;
  const verdict = await verifyEvidence({ ...order, hash: sha256 });
  await mkdir(folder, { mode: 0o700 });
  await mkdir(join(folder, 'files'), { mode: 0o700 });
  const files = await copyContents(order);
  const last = entries.at(-1);
  const manifest: Manifest = {
    format: 'firebreak-evidence/1',
    crisisId,
    exportedAt: new Date(at).toISOString(),
    exportedBy: by,
    sealing,
    head: last ? { seq: last.seq, hash: last.hash } : null,
    faults: faultsInWords(verdict),
    files,
    entries: [...entries],
  };
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  await write(join(folder, 'manifest.json'), text);
  await write(join(folder, 'SHA256SUMS'), sums({ ...files, [sha256(text)]: 'manifest.json' }));
  await syncFolder(join(folder, 'files'));
  await syncFolder(folder);
  return verdict;
};

/** One line a fault, for people. */
export const faultsInWords = ({ chain, content }: Verdict): string[] => [
  ...chain.map(({ kind, seq, why }) => `entry ${seq} was ${kind}: ${why}`),
  ...content.map(({ kind, item, part, why }) => `${part} of ${item} is ${kind}: ${why}`),
];

const copyContents = async ({ entries, blobs, folder }: ExportOrder): Promise<Record<string, string>> => {
  const files: Record<string, string> = {};
  for (const [index, { item, part }] of partsOf(entries).entries()) {
    if (files[part.sha256] !== undefined) continue;
    const name = `files/${String(index + 1).padStart(4, '0')}-${plain(item)}-${plain(part.name)}`;
    const content = await blobs.open(part.sha256).catch((error: unknown) => {
      if (error instanceof NoSuchBlob) return undefined;
      throw error;
    });
    if (!content) continue;
    await write(join(folder, name), content);
    files[part.sha256] = name;
  }
  return files;
};

/** A name that is one file in any file system. */
const plain = (name: string): string => name.replaceAll(/[^\w.-]+/g, '_').slice(0, 80);

const sums = (files: Readonly<Record<string, string>>): string =>
  Object.entries(files)
    .map(([hash, name]) => `${hash}  ${name}\n`)
    .join('');

const write = async (path: string, content: string | AsyncIterable<Uint8Array>): Promise<void> => {
  const file = await open(path, 'wx', 0o600);
  try {
    await writeFile(file, content);
    await file.sync();
  } finally {
    await file.close();
  }
};
