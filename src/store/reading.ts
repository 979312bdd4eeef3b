import { and, asc, desc, eq, ne, or, sql as query } from 'drizzle-orm';
import type { Sql } from './database.js';
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
  return row && rowOf(row);
};

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

export const readTimeline = (sql: Sql, crisisId: string): Promise<NumberedEvent[]> =>
  sql
    .select({ seq: events.seq, event: events.event })
    .from(events)
    .where(eq(events.crisisId, crisisId))
    .orderBy(asc(events.seq));
