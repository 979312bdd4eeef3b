import { auditChain, AuditEntry } from './audit.js';
import type { Anchor, Hash, Sealed } from './chain.js';
import type { PagedLog } from './chainLog.js';
import { verifyPages, type Verification } from './verifyPages.js';

/** `key` makes noting it twice do it once, such as the id of the command. */
export type ToAudit = { key: string } & AuditEntry;

/** `hash` may be keyed, so that whoever can write to the database alone cannot seal what they wrote. */
export type AuditParts = { log: PagedLog<AuditEntry>; hash: Hash; pageSize?: number };

type Wanted = (entry: AuditEntry) => boolean | Promise<boolean>;

export type Audit = ReturnType<typeof createAudit>;

/** Above every number that the database can hold. */
const pastTheLast = 2 ** 31 - 1;

/** The record of who did or tried what, and by which authority; entries are only ever added. It is read in pages. */
export const createAudit = ({ log, hash, pageSize = 1_000 }: AuditParts) => {
  async function* forward(): AsyncGenerator<Sealed<AuditEntry>[]> {
    for (let after = -1; ;) {
      const page = await log.page(auditChain, { after }, pageSize);
      yield page;
      if (page.length < pageSize) return;
      after = page.at(-1)?.seq ?? after;
    }
  }

  return {
    /** Durable once answered. Throws a ZodError on an entry of another shape, and whatever the log throws. */
    note: async ({ key, ...entry }: ToAudit): Promise<Sealed<AuditEntry>> =>
      log.append(auditChain, key, AuditEntry.parse(entry)),
    /** The newest entries that are wanted, the last one last. */
    async newest(limit: number, isWanted: Wanted = () => true): Promise<Sealed<AuditEntry>[]> {
      let newest: Sealed<AuditEntry>[] = [];
      for (let before = pastTheLast; ;) {
        const page = await log.page(auditChain, { before }, pageSize);
        const wanted = await Promise.all(page.map(async ({ entry }) => isWanted(entry)));
        newest = [...page.filter((_, nth) => wanted[nth]), ...newest].slice(-limit);
        if (page.length < pageSize || newest.length >= limit) return newest;
        before = page[0]?.seq ?? 0;
      }
    },
    /** Says which entries are not as they were written; those cut off at the end show against an anchor alone. */
    verify: (anchors: readonly Anchor[] = []): Promise<Verification> =>
      verifyPages({ name: auditChain, hash }, forward(), anchors),
  };
};
