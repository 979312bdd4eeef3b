import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pack, type Pack } from 'tar-stream';
import { oneLine } from '../domain/describe/words.js';
import { EvidenceEntry } from '../domain/evidence.js';
import type { BlobStore } from './blobs.js';
import { sha256 } from './hashing.js';
import { sealing, type Manifest } from './manifest.js';
import { partsOf, verifyEvidence, type ToVerify, type Verdict } from './verifying.js';

/** Whose evidence goes into a bundle. `at` in milliseconds since 1970. */
export type ExportOrder = Omit<ToVerify, 'blobs' | 'hash'> & { blobs: BlobStore; by: string; at: number };

/** A bundle before its first byte: what verifying found, and the bytes for whoever asks. */
export type Bundle = { verdict: Verdict; content: () => Readable };

/**
 * Makes a bundle that stands for itself, a tar: the manifest with the chain, `SHA256SUMS` for sha256sum, and the contents
 * under readable names. Everything is verified first; faults are exported with the rest and named in the manifest.
 */
export const bundleEvidence = async (order: ExportOrder): Promise<Bundle> => {
  const { crisisId, entries, blobs, by, at } = order;
  const verdict = await verifyEvidence({ ...order, hash: sha256 });
  const files = await namesOf(order);
  const last = entries.at(-1);
  const manifest: Manifest = {
    format: 'firebreak-evidence/1',
    crisisId,
    exportedAt: new Date(at).toISOString(),
    exportedBy: by,
    sealing,
    head: last ? { seq: last.seq, hash: last.hash } : null,
    faults: faultsInWords(verdict, entries),
    files,
    entries: [...entries],
  };
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  const first = { text, sums: sums({ ...files, [sha256(text)]: 'manifest.json' }) };
  return {
    verdict,
    content: () => {
      const tar = pack();
      const way = new PassThrough();
      // A failure destroys what is read from, which says so to the reader; a reader that went away ends the rest.
      void pipeline(tar, way).catch(() => undefined);
      writeInto(tar, first, { at, files, blobs }).catch((error: unknown) => way.destroy(asError(error)));
      return way;
    },
  };
};

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

/** One line a fault, for people; with the entries it says of each what it is about. */
export const faultsInWords = (
  { chain, content }: Pick<Verdict, 'chain' | 'content'>,
  entries: ToVerify['entries'] = [],
): string[] => [
  ...chain.map(({ kind, seq, why }) => {
    const { data } = EvidenceEntry.safeParse(entries.find((each) => each.seq === seq)?.entry);
    return `entry ${seq}${data ? ` (${oneLine(data.item, 80)})` : ''} was ${kind}: ${why}`;
  }),
  ...content.map(({ kind, item, part, why }) => `${part} of ${item} is ${kind}: ${why}`),
];

type First = { text: string; sums: string };
type Contents = { at: number; files: Manifest['files']; blobs: BlobStore };

const writeInto = async (tar: Pack, { text, sums }: First, { at, files, blobs }: Contents): Promise<void> => {
  const rest = { mtime: new Date(at), mode: 0o600 };
  tar.entry({ name: 'manifest.json', ...rest }, text);
  tar.entry({ name: 'SHA256SUMS', ...rest }, sums);
  for (const [hash, name] of Object.entries(files)) {
    const size = (await blobs.sizeOf(hash)) ?? 0;
    const content = await blobs.open(hash);
    await new Promise<void>((resolve, reject) => {
      const entry = tar.entry({ name, size, ...rest }, (error) => (error ? reject(error) : resolve()));
      pipeline(content, entry).catch(reject);
    });
  }
  tar.finalize();
};

/** Where in the bundle each content lies that is still there. */
const namesOf = async ({ entries, blobs }: ExportOrder): Promise<Record<string, string>> => {
  const files: Record<string, string> = {};
  for (const [index, { item, part }] of partsOf(entries).entries()) {
    if (files[part.sha256] !== undefined || (await blobs.sizeOf(part.sha256)) === undefined) continue;
    files[part.sha256] = `files/${String(index + 1).padStart(4, '0')}-${plain(item)}-${plain(part.name)}`;
  }
  return files;
};

/** A name that is one file in any file system. */
const plain = (name: string): string => name.replaceAll(/[^\w.-]+/g, '_').slice(0, 60);

const sums = (files: Readonly<Record<string, string>>): string =>
  Object.entries(files)
    .map(([hash, name]) => `${hash}  ${name}\n`)
    .join('');
