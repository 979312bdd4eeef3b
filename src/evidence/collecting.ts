import type { Sealed } from '../domain/chain.js';
import type { ChainLog } from '../domain/chainLog.js';
import { evidenceChain, type Collected, type EvidenceEntry, type HandedOver } from '../domain/evidence.js';
import type { BlobStore } from './blobs.js';
import { takeOutput } from './fromCommand.js';
import { NotCollectable, takeFile, type Taken } from './fromFile.js';
import { takePath } from './fromFolder.js';

/** What to collect, and what is to be remembered of it. `item` names it; collected again under that name it is kept once. */
export type CollectOrder = {
  crisisId: string;
  item: string;
  by: string;
  method: string;
  from:
    | { kind: 'file'; path: string }
    /** A file, or all files of a folder. */
    | { kind: 'path'; path: string }
    | { kind: 'command'; program: string; args: readonly string[]; timeoutMs: number }
    | { kind: 'reference'; where: string; parts?: Collected['parts'] }
    /** Taken elsewhere, its contents being kept already. */
    | { kind: 'taken'; taken: Taken };
};

export type HandOverOrder = Omit<HandedOver, 'type' | 'at'> & { crisisId: string; key: string };

export type CollectingParts = {
  blobs: BlobStore;
  log: ChainLog<EvidenceEntry>;
  now: () => number;
  /** All that programs get of our own environment; the rest may hold secrets that are none of their business. */
  env: Readonly<Record<string, string>>;
  /** The most one content may hold; 10 GiB unless told. */
  maxBytes?: number;
};

/** Collects evidence and notes every hand-over, each an entry in its crisis's chain. Answers with the entry as sealed. */
export const createCollecting = ({ blobs, log, now, env, maxBytes = 10 * 1024 ** 3 }: CollectingParts) => {
  const take = async ({ from }: CollectOrder, signal?: AbortSignal): Promise<Taken> => {
    if (from.kind === 'file') return takeFile(blobs, from.path, maxBytes);
    if (from.kind === 'path') return takePath(blobs, from.path, maxBytes);
    if (from.kind === 'taken') return mustBeKept(blobs, from.taken);
    if (from.kind === 'command') return takeOutput(blobs, { ...from, env }, maxBytes, signal);
    return { source: { kind: 'reference', where: from.where }, parts: from.parts ?? [], caveats: [] };
  };
  const collected = async (crisisId: string, item: string): Promise<Sealed<EvidenceEntry> | undefined> =>
    (await log.read(evidenceChain(crisisId))).find(({ entry }) => entry.type === 'collected' && entry.item === item);
  return {
    async collect(order: CollectOrder, signal?: AbortSignal): Promise<Sealed<EvidenceEntry>> {
      const { crisisId, item, by, method } = order;
      // A second attempt must not run the program again when only the answer to the first was lost.
      const before = await collected(crisisId, item);
      if (before) return before;
      const at = now();
      const taken = await take(order, signal);
      return log.append(evidenceChain(crisisId), `collected/${item}`, {
        type: 'collected',
        item,
        at,
        by,
        method,
        ...taken,
      });
    },
    async handOver({ crisisId, key, ...handedOver }: HandOverOrder): Promise<Sealed<EvidenceEntry>> {
      const { item } = handedOver;
      if (!(await collected(crisisId, item)))
        throw new NotCollectable(`item: expected a piece of evidence of ${crisisId}, came ${item}`);
      return log.append(evidenceChain(crisisId), `handedOver/${key}`, { type: 'handedOver', at: now(), ...handedOver });
    },
  };
};

/** Whoever says what was collected must have handed it in: an entry without its content proves nothing. */
const mustBeKept = async (blobs: BlobStore, taken: Taken): Promise<Taken> => {
  const parts = taken.source.kind === 'reference' ? [] : taken.parts;
  for (const { name, sha256, sizeBytes } of parts) {
    const found = await blobs.sizeOf(sha256);
    if (found !== sizeBytes)
      throw new NotCollectable(
        `parts: expected ${sizeBytes} bytes kept for ${name}, came ${found ?? 'none'} under ${sha256}`,
      );
  }
  return taken;
};
