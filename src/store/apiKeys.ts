import { and, desc, eq, isNull } from 'drizzle-orm';
import type { ApiKey } from '../domain/apiKey.js';
import type { ApiKeys } from '../domain/authenticate.js';
import type { Sql } from './database.js';
import { plainly } from './failures.js';
import { apiKeys } from './tables/apiKeys.js';

/** Keys of the API in SQL. Keeping one under an id that is taken fails. */
export const createApiKeys = (sql: Sql): ApiKeys => ({
  keep: plainly(async (key) => {
    const { createdAt, expiresAt, revokedAt } = key;
    await sql.insert(apiKeys).values({
      ...key,
      createdAt: new Date(createdAt),
      expiresAt: new Date(expiresAt),
      revokedAt: revokedAt === undefined ? null : new Date(revokedAt),
    });
  }),
  find: plainly(async (id) => {
    const [row] = await sql.select().from(apiKeys).where(eq(apiKeys.id, id));
    return row && keyOf(row);
  }),
  list: plainly(async () => {
    const rows = await sql.select().from(apiKeys).orderBy(desc(apiKeys.createdAt), desc(apiKeys.id));
    return rows.map(keyOf);
  }),
  revoke: plainly(async (id, at) => {
    await sql
      .update(apiKeys)
      .set({ revokedAt: new Date(at) })
      .where(and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt)));
    const found = await sql.select({ id: apiKeys.id }).from(apiKeys).where(eq(apiKeys.id, id));
    return found.length > 0;
  }),
});

const keyOf = ({ createdAt, expiresAt, revokedAt, ...row }: typeof apiKeys.$inferSelect): ApiKey => ({
  ...row,
  createdAt: createdAt.getTime(),
  expiresAt: expiresAt.getTime(),
  ...(revokedAt && { revokedAt: revokedAt.getTime() }),
});
