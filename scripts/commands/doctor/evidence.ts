import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { EvidenceStore } from '../../../src/domain/settings.js';
import { fail, ok, type Finding } from './finding.js';

/** The folder itself, or the nearest one above it that is there. */
const existing = async (path: string): Promise<string> =>
  (await stat(path).catch(() => undefined)) ? path : existing(dirname(path));

const examineFolder = async (path: string): Promise<Finding[]> => {
  const there = await existing(path);
  const may = await access(there, constants.W_OK).then(
    () => true,
    () => false,
  );
  return may
    ? [ok('evidence', `contents are kept in ${path}`)]
    : [fail('evidence', `${there} cannot be written to`, 'evidence.store of the configuration names the folder')];
};

/** Whether evidence could be kept: the folder can be written to, or the bucket is there and lets us in. */
export const examineEvidence = async (store: EvidenceStore, dataDir: string): Promise<Finding[]> => {
  if (store.kind === 'folder') return examineFolder(resolve(store.path ?? join(dataDir, 'evidence')));
  const { HeadBucketCommand } = await import('@aws-sdk/client-s3');
  const { clientOf } = await import('../../../src/evidence/s3.js');
  const client = clientOf(store);
  try {
    await client.send(new HeadBucketCommand({ Bucket: store.bucket }), { abortSignal: AbortSignal.timeout(5_000) });
    return [ok('evidence', `the bucket ${store.bucket} lets us in`)];
  } catch (error) {
    const why = error instanceof Error ? `${error.name} ${error.message}` : String(error);
    return [
      fail('evidence', `the bucket ${store.bucket} does not let us in: ${why}`, 'look at evidence.store and AWS_*'),
    ];
  } finally {
    client.destroy();
  }
};
