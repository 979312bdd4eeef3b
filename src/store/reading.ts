import { and, asc, desc, eq, ne, or, sql as query } from 'drizzle-orm';
import type { Sql } from './database.js';
import { parseCrisisId } from '../domain/crisisId.js';
import type { NumberedEvent } from '../domain/record.js';
import type { CrisisFilter, CrisisRow } from './store.js';
import { crises, events } from './tables/crises.js';

const columns = {
  crisis: crises.state,
  workflowId: crises.workflowId,
  runId: crises.runId,
  updatedAt: crises.updatedAt,
};
const rowOf = ({ updatedAt, ...row }: Omit<CrisisRow, 'updatedAt'> & { updatedAt: Date }): CrisisRow => ({
  ...row,
  updatedAt: updatedAt.getTime(),
});

/** The crisis with this id, else the newest with this correlation key. */
export const readCrisis = async (sql: Sql, idOrKey: string): Promise<CrisisRow | undefined> => {
  const [row] = await sql
    .select(columns)
    .from(crises)
    .where(or(eq(crises.crisisId, idOrKey), eq(crises.correlationKey, idOrKey)))
    .orderBy(desc(eq(crises.crisisId, idOrKey)), desc(crises.declaredAt))
    .limit(1);
  if (!row) return undefined;
  const { crisis } = row;
  const later = (await followersOf(sql, crisis.crisisId)).map(({ to }) => ({ to, relation: followedBy }));
  return rowOf({ ...row, crisis: { ...crisis, links: [...crisis.links, ...later] } });
};

const followedBy = 'followed by';

/** Crises that say they follow this one. It had ended before they began, so only they can say so. */
const followersOf = (sql: Sql, crisisId: string): Promise<{ to: string; at: Date }[]> =>
  sql
    .select({ to: crises.crisisId, at: crises.declaredAt })
    .from(crises)
    .where(
      and(
        eq(crises.correlationKey, parseCrisisId(crisisId).correlationKey),
        query`${crises.state} -> 'links' @> ${JSON.stringify([{ to: crisisId, relation: 'follows' }])}::jsonb`,
      ),
    )
    .orderBy(asc(crises.declaredAt));

/** The newest first, at most 100 unless told. */
export const readCrises = async (sql: Sql, filter: CrisisFilter): Promise<CrisisRow[]> => {
  const { open, severity, service, limit = 100 } = filter;
  const rows = await sql
    .select(columns)
    .from(crises)
    .where(
      and(
        open === undefined ? undefined : open ? ne(crises.status, 'closed') : eq(crises.status, 'closed'),
        severity === undefined ? undefined : eq(crises.severity, severity),
        service === undefined ? undefined : query`${crises.services} @> ${JSON.stringify([service])}::jsonb`,
      ),
    )
    .orderBy(desc(crises.declaredAt), desc(crises.crisisId))
    .limit(limit);
  return rows.map(rowOf);
};

/** Everything that happened in order, and after its end the crises that followed. */
export const readTimeline = async (sql: Sql, crisisId: string): Promise<NumberedEvent[]> => {
  const kept = await sql
    .select({ seq: events.seq, event: events.event })
    .from(events)
    .where(eq(events.crisisId, crisisId))
    .orderBy(asc(events.seq));
  const next = (kept.at(-1)?.seq ?? -1) + 1;
  const later = (await followersOf(sql, crisisId)).map(({ to, at }, nth): NumberedEvent => ({
    seq: next + nth,
    event: { type: 'linked', at: at.getTime(), by: 'firebreak', to, relation: followedBy },
  }));
  return [...kept, ...later];
};
