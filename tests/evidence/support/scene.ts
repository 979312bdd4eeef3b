import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EvidenceEntry } from '../../../src/domain/evidence.js';
import { createCollecting } from '../../../src/evidence/collecting.js';
import { createFolder } from '../../../src/evidence/folder.js';
import { memoryLog } from './memoryLog.js';

export const crisisId = 'CR-20260302-K7Q2';
export const at = Date.parse('2026-03-02T03:00:00Z');

/** An empty store in a folder of its own, and somebody who collects into it. */
export const createScene = async (maxBytes?: number) => {
  const folder = await mkdtemp(join(tmpdir(), 'firebreak-evidence-'));
  const kept = join(folder, 'kept');
  const blobs = createFolder(kept);
  const log = memoryLog<EvidenceEntry>();
  const collecting = createCollecting({
    blobs,
    log,
    now: () => at,
    env: { PATH: process.env['PATH'] ?? '' },
    ...(maxBytes !== undefined && { maxBytes }),
  });
  const placeOf = (sha256: string): string => join(kept, sha256.slice(0, 2), sha256);
  return { folder, blobs, log, placeOf, ...collecting };
};
