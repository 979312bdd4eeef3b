import type { Anchor, Hash, Sealed } from '../domain/chain.js';
import { Collected, evidenceChain, type EvidenceEntry, type EvidencePart } from '../domain/evidence.js';
import { verifyChain, type ChainFault } from '../domain/verifyChain.js';
import { NoSuchBlob, type BlobStore } from './blobs.js';
import { hashOf } from './hashing.js';

/** A content that is gone, or is not any more what was collected. */
export type ContentFault = { kind: 'missing' | 'altered'; item: string; part: string; why: string };

/** What verifying looked at, and all that is wrong. */
export type Verdict = {
  entries: number;
  contents: number;
  bytes: number;
  chain: readonly ChainFault[];
  content: readonly ContentFault[];
};

export type ToVerify = {
  crisisId: string;
  entries: readonly Sealed<EvidenceEntry>[];
  blobs: Pick<BlobStore, 'open'>;
  hash: Hash;
  /** What the crisis's timeline says of its entries; without it, entries cut off at the end do not show. */
  anchors?: readonly Anchor[];
};

/** Reads every content again and follows the chain; says which content and which entry is not as it was. */
export const verifyEvidence = async ({ crisisId, entries, blobs, hash, anchors = [] }: ToVerify): Promise<Verdict> => {
  const verdicts: ContentVerdict[] = [];
  for (const { item, part } of partsOf(entries)) verdicts.push(await verifyContent(blobs, item, part));
  return {
    entries: entries.length,
    contents: verdicts.length,
    bytes: verdicts.reduce((sum, { bytes }) => sum + bytes, 0),
    chain: verifyChain({ name: evidenceChain(crisisId), hash }, entries, anchors),
    content: verdicts.flatMap(({ fault }) => (fault ? [fault] : [])),
  };
};

type ContentVerdict = { bytes: number; fault?: ContentFault };

/** What should be kept here; of a reference, only its whereabouts are. An entry that makes no sense is the chain's to report. */
export const partsOf = (entries: readonly Sealed<EvidenceEntry>[]): { item: string; part: EvidencePart }[] =>
  entries.flatMap(({ entry }) => {
    const { data } = Collected.safeParse(entry);
    return data && data.source.kind !== 'reference' ? data.parts.map((part) => ({ item: data.item, part })) : [];
  });

const verifyContent = async (
  blobs: Pick<BlobStore, 'open'>,
  item: string,
  { name: part, sha256, sizeBytes }: EvidencePart,
): Promise<ContentVerdict> => {
  try {
    const found = await hashOf(await blobs.open(sha256));
    if (found.sha256 === sha256 && found.sizeBytes === sizeBytes) return { bytes: sizeBytes };
    const why = `expected ${sizeBytes} bytes with SHA-256 ${sha256}, came ${found.sizeBytes} with ${found.sha256}`;
    return { bytes: found.sizeBytes, fault: { kind: 'altered', item, part, why } };
  } catch (error) {
    if (!(error instanceof NoSuchBlob)) throw error;
    return { bytes: 0, fault: { kind: 'missing', item, part, why: error.message } };
  }
};
