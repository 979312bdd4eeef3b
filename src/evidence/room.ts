import type { Anchor } from '../domain/chain.js';
import type { ChainLog } from '../domain/chainLog.js';
import { evidenceChain, type EvidenceEntry } from '../domain/evidence.js';
import type { EvidenceStore } from '../domain/settings.js';
import type { BlobStore } from './blobs.js';
import { createCollecting, type CollectOrder, type HandOverOrder } from './collecting.js';
import { bundleEvidence } from './exporting.js';
import { sha256 } from './hashing.js';
import { openBlobs } from './openBlobs.js';
import { verifyEvidence } from './verifying.js';

export type RoomParts = {
  settings: () => { store: EvidenceStore; maxBytes: number };
  dataDir: string;
  /** Undefined while the database is away: then nothing can be sealed, and what is kept stays kept. */
  log: () => ChainLog<EvidenceEntry> | undefined;
  now: () => number;
  /** All that programs get of our own environment. */
  env: Readonly<Record<string, string>>;
};

export type EvidenceRoom = ReturnType<typeof createEvidenceRoom>;

/** The evidence of all crises: contents, the chain of each crisis, and what can be done with both. */
export const createEvidenceRoom = ({ settings, dataDir, log, now, env }: RoomParts) => {
  let opened: { from: string; blobs: Promise<BlobStore> } | undefined;
  /** Opened anew when the configuration names another store. */
  const blobs = (): Promise<BlobStore> => {
    const { store } = settings();
    const from = JSON.stringify(store);
    if (opened?.from !== from) opened = { from, blobs: openBlobs(store, dataDir) };
    return opened.blobs;
  };
  const open = (): ChainLog<EvidenceEntry> => {
    const chains = log();
    if (!chains) throw new Error('the database has not been reached, so no evidence can be sealed or read');
    return chains;
  };
  const lateLog: ChainLog<EvidenceEntry> = {
    append: async (chain, key, entry) => open().append(chain, key, entry),
    read: async (chain) => open().read(chain),
  };
  const collecting = async () =>
    createCollecting({ blobs: await blobs(), log: lateLog, now, env, maxBytes: settings().maxBytes });
  const entries = (crisisId: string) => lateLog.read(evidenceChain(crisisId));
  return {
    /** Keeps a content; an entry that names it comes after. */
    put: async (content: AsyncIterable<Uint8Array>) => (await blobs()).put(content, settings().maxBytes),
    collect: async (order: CollectOrder, signal?: AbortSignal) => (await collecting()).collect(order, signal),
    handOver: async (order: HandOverOrder) => (await collecting()).handOver(order),
    entries,
    /** `anchors` are what is known of the chain from elsewhere, such as the timeline. */
    async verify(crisisId: string, anchors: readonly Anchor[]) {
      const found = await entries(crisisId);
      const verdict = await verifyEvidence({ crisisId, entries: found, blobs: await blobs(), hash: sha256, anchors });
      return { verdict, entries: found };
    },
    bundle: async (crisisId: string, by: string, anchors: readonly Anchor[]) =>
      bundleEvidence({ crisisId, entries: await entries(crisisId), blobs: await blobs(), by, at: now(), anchors }),
  };
};
