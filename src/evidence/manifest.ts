import { z } from 'zod';
import type { EvidenceEntry } from '../domain/evidence.js';

/** What a bundle says of itself. Entries stand as they were sealed, whatever is wrong with them. */
export const Manifest = z.object({
  format: z.literal('firebreak-evidence/1'),
  crisisId: z.string().min(1),
  exportedAt: z.string(),
  exportedBy: z.string(),
  /** How the hash of an entry is made, for whoever verifies it without Firebreak. */
  sealing: z.string(),
  head: z.object({ seq: z.number(), hash: z.string() }).nullable(),
  /** What was wrong when the bundle was made, in words; nothing, as a rule. */
  faults: z.array(z.string()),
  /** Where in the bundle each content lies, by its SHA-256. */
  files: z.record(z.string(), z.string()),
  entries: z.array(
    z.object({ seq: z.number(), entry: z.custom<EvidenceEntry>(), previous: z.string(), hash: z.string() }),
  ),
});
export type Manifest = z.infer<typeof Manifest>;

/** Said in every manifest; tests hold it true. */
export const sealing =
  'SHA-256 over canonical JSON (RFC 8785) of {chain: "evidence:<crisisId>", seq, previous, entry}; the first previous is that of {chain}';
