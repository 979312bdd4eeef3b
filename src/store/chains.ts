import { and, asc, desc, eq, gt, lt, sql as query } from 'drizzle-orm';
import { seal, type Hash, type Sealed } from '../domain/chain.js';
import type { PagedLog } from '../domain/chainLog.js';
import type { Database } from './database.js';
import { plainly } from './failures.js';
import { storable } from './storable.js';
import { sealed } from './tables/sealed.js';

/**
 * Hash chains in SQL, sealed by `hash`. Entries are read as the kind they were written as; what somebody else made of
 * them is for verifying to find.
 */
export const createChains = <Entry>(database: Database, hash: Hash): PagedLog<Entry> => ({
  append: plainly((chain, key, entry) =>
    database.transaction(async (sql) => {
      // One writer a chain at a time, whatever process it is in: the next entry is sealed over the last one.
      await sql.execute(query`select pg_advisory_xact_lock(hashtext(${`sealed ${chain}`}))`);
      const [before] = await sql
        .select(columns)
        .from(sealed)
        .where(and(eq(sealed.chain, chain), eq(sealed.key, key)));
      if (before) return before as Sealed<Entry>;
      const [last] = await sql
        .select({ seq: sealed.seq, hash: sealed.hash })
        .from(sealed)
        .where(eq(sealed.chain, chain))
        .orderBy(desc(sealed.seq))
        .limit(1);
      // Sealed as it will be read: what the database cannot hold must not be under the seal.
      const link = seal({ name: chain, hash }, last, storable(entry));
      await sql.insert(sealed).values({ chain, key, ...link });
      return link;
    }),
  ),
  read: plainly(async (chain) => {
    const rows = await database.sql
      .select(columns)
      .from(sealed)
      .where(eq(sealed.chain, chain))
      .orderBy(asc(sealed.seq));
    return rows as Sealed<Entry>[];
  }),
  page: plainly(async (chain, span, limit) => {
    const [side, order] =
      'after' in span ? [gt(sealed.seq, span.after), asc(sealed.seq)] : [lt(sealed.seq, span.before), desc(sealed.seq)];
    const rows = await database.sql
      .select(columns)
      .from(sealed)
      .where(and(eq(sealed.chain, chain), side))
      .orderBy(order)
      .limit(limit);
    return ('after' in span ? rows : rows.reverse()) as Sealed<Entry>[];
  }),
});

const columns = { seq: sealed.seq, entry: sealed.entry, previous: sealed.previous, hash: sealed.hash };
