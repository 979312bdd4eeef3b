import { auditChain, AuditEntry } from './audit.js';
import type { Anchor, Hash, Sealed } from './chain.js';
import type { ChainLog } from './chainLog.js';
import { verifyChain, type ChainFault } from './verifyChain.js';

/** `key` makes noting it twice do it once, such as the id of the command. */
export type ToAudit = { key: string } & AuditEntry;

/** `hash` may be keyed, so that whoever can write to the database alone cannot seal what they wrote. */
export type AuditParts = { log: ChainLog<AuditEntry>; hash: Hash };

export type Audit = ReturnType<typeof createAudit>;

/** The record of who did or tried what, and by which authority; entries are only ever added. */
export const createAudit = ({ log, hash }: AuditParts) => ({
  /** Durable once answered. Throws a ZodError on an entry of another shape, and whatever the log throws. */
  note: async ({ key, ...entry }: ToAudit): Promise<Sealed<AuditEntry>> =>
    log.append(auditChain, key, AuditEntry.parse(entry)),
  read: (): Promise<Sealed<AuditEntry>[]> => log.read(auditChain),
  /** Says which entries are not as they were written; those cut off at the end show against an anchor alone. */
  async verify(anchors: readonly Anchor[] = []): Promise<{ entries: number; faults: ChainFault[] }> {
    const entries = await log.read(auditChain);
    return { entries: entries.length, faults: verifyChain({ name: auditChain, hash }, entries, anchors) };
  },
});
