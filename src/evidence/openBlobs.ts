import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { EvidenceStore } from '../domain/settings.js';
import type { BlobStore } from './blobs.js';
import { createFolder } from './folder.js';

/** The store that the configuration names. Nothing is asked of a bucket before something is kept in it. */
export const openBlobs = async (store: EvidenceStore, dataDir: string): Promise<BlobStore> => {
  if (store.kind === 'folder') return createFolder(resolve(store.path ?? join(dataDir, 'evidence')));
  // Loaded only where it is used: the client is large.
  const { clientOf, createS3 } = await import('./s3.js');
  const { bucket, prefix } = store;
  return createS3({ client: clientOf(store), bucket, prefix, drafts: join(tmpdir(), 'firebreak-evidence') });
};
