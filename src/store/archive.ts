import { desc, eq } from 'drizzle-orm';
import type { Sql } from './database.js';
import { storable } from './storable.js';
import type { Archive } from './store.js';
import { archives } from './tables/archives.js';
import type { Vault } from './vault.js';

/** What the post-mortem is called where it is encrypted. */
const draft = 'post-mortem';

/** Keeps a closed run for good. A second write of the same run is ignored. */
export const keepArchive = async (sql: Sql, vault: Vault, archive: Archive): Promise<void> => {
  const { crisisId, closedAt, postmortem, ...rest } = storable(archive);
  const row = {
    ...rest,
    crisisId,
    closedAt: new Date(closedAt),
    postmortem: vault.keptText(crisisId, draft, postmortem),
  };
  await sql.insert(archives).values(row).onConflictDoNothing();
};

/** What was kept of the crisis's last run. */
export const readArchive = async (sql: Sql, vault: Vault, crisisId: string): Promise<Archive | undefined> => {
  const [row] = await sql
    .select()
    .from(archives)
    .where(eq(archives.crisisId, crisisId))
    .orderBy(desc(archives.closedAt))
    .limit(1);
  return (
    row && {
      ...row,
      closedAt: row.closedAt.getTime(),
      postmortem: vault.readText(row.crisisId, draft, row.postmortem),
    }
  );
};
