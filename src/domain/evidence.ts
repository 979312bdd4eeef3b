import { z } from 'zod';

/** What was kept of a source, by its content: `name` says which part it is, such as a file's own name or `stdout`. */
export const EvidencePart = z.object({
  name: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in hex'),
  sizeBytes: z.number().int().min(0),
  /** Of a file in a folder; milliseconds since 1970. */
  modifiedAt: z.number().optional(),
});
export type EvidencePart = z.infer<typeof EvidencePart>;

/** Where a piece of evidence was taken from. A reference is to something kept elsewhere: a disk in a safe, a snapshot. */
export const EvidenceSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('file'), host: z.string(), path: z.string(), modifiedAt: z.number() }),
  /** All regular files under it; the parts bear their paths from there. */
  z.object({ kind: z.literal('folder'), host: z.string(), path: z.string() }),
  z.object({
    kind: z.literal('command'),
    host: z.string(),
    program: z.string(),
    args: z.array(z.string()),
    ended: z.string(),
  }),
  z.object({ kind: z.literal('reference'), where: z.string().min(1) }),
]);
export type EvidenceSource = z.infer<typeof EvidenceSource>;

/** A piece of evidence as it was collected. Times in milliseconds since 1970. */
export const Collected = z.object({
  type: z.literal('collected'),
  item: z.string().min(1),
  at: z.number(),
  by: z.string(),
  /** How it was collected, in the collector's words. */
  method: z.string(),
  source: EvidenceSource,
  parts: z.array(EvidencePart),
  /** What whoever weighs it must know, such as that the file changed while it was read. */
  caveats: z.array(z.string()),
});
export type Collected = z.infer<typeof Collected>;

/** A piece of evidence went from one person or place to another. */
export const HandedOver = z.object({
  type: z.literal('handedOver'),
  item: z.string().min(1),
  at: z.number(),
  by: z.string(),
  from: z.string(),
  to: z.string(),
  why: z.string(),
});
export type HandedOver = z.infer<typeof HandedOver>;

/** One entry in the chain of custody of a crisis. */
export const EvidenceEntry = z.discriminatedUnion('type', [Collected, HandedOver]);
export type EvidenceEntry = z.infer<typeof EvidenceEntry>;

/** The name of the chain that holds a crisis's evidence. */
export const evidenceChain = (crisisId: string): string => `evidence:${crisisId}`;

/**
 * What the crisis's timeline says of an entry: its number and hash, against which the chain is verified later, and the
 * rest in words. The content itself never comes near a history.
 */
export const EvidenceNote = z.strictObject({
  did: z.enum(['collected', 'handedOver']),
  item: z.string().min(1).max(300),
  seq: z.number().int().min(0),
  hash: z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in hex'),
  said: z.string().min(1).max(1000),
});
export type EvidenceNote = z.infer<typeof EvidenceNote>;
