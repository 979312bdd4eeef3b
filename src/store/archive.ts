import { desc, eq } from 'drizzle-orm';
import type { Sql } from './database.js';
import { storable } from './storable.js';
import type { Archive } from './store.js';
import { archives } from './tables/archives.js';

/** Keeps a closed run for good. A second write of the same run is ignored. */
export const keepArchive = async (sql: Sql, archive: Archive): Promise<void> => {
  const row = storable({ ...archive, closedAt: new Date(archive.closedAt) });
  await sql.insert(archives).values(row).onConflictDoNothing();
};

/** What was kept of the crisis's last run. */
export const readArchive = async (sql: Sql, crisisId: string): Promise<Archive | undefined> => {
  const [row] = await sql
    .select()
    .from(archives)
    .where(eq(archives.crisisId, crisisId))
    .orderBy(desc(archives.closedAt))
    .limit(1);
  return row && { ...row, closedAt: row.closedAt.getTime() };
};
