import { and, desc, eq, sql as query, type SQL } from 'drizzle-orm';
import type { Classification } from '../domain/classification.js';
import { chunks } from './chunks.js';
import type { Sql } from './database.js';
import { keptAlert, readAlert } from './alertWords.js';
import type { Crisis } from '../domain/crisis.js';
import { restrictedPrefix } from '../domain/crisisId.js';
import { readable, type Reading } from './readable.js';
import type { Kept, Vault } from './vault.js';
import { storable } from './storable.js';
import type { AlertRecord, NumberedEvent } from '../domain/record.js';
import type { Silenced } from './store.js';
import { alerts } from './tables/alerts.js';
import { crises, events } from './tables/crises.js';

type Row = typeof alerts.$inferInsert;

const write = async (sql: Sql, rows: readonly Row[]) => {
  for (const portion of chunks(rows))
    await sql
      .insert(alerts)
      .values(portion)
      .onConflictDoUpdate({
        target: alerts.id,
        set: {
          count: query`greatest(${alerts.count}, excluded.count)`,
          lastAt: query`greatest(${alerts.lastAt}, excluded.last_at)`,
          crisisId: query`coalesce(${alerts.crisisId}, excluded.crisis_id)`,
        },
      });
};

const takenBy = (vault: Vault, crisisId: string, { seq, event }: NumberedEvent): Row[] =>
  event.type !== 'alerted'
    ? []
    : event.tallies.map(({ alert, count, lastAt, said }, index) => {
        const id = `${crisisId}/${seq}/${index}`;
        // As it was classified when it was received; without that, it counts as its crisis did.
        const classification = said && { ...said, facts: alert.facts, also: [] };
        return {
          ...keptAlert(vault, { id, crisisId, alert, classification }),
          id,
          crisisId,
          takenAt: new Date(event.at),
          receivedAt: new Date(alert.receivedAt),
          lastAt: new Date(lastAt),
          count,
        };
      });

/** Keeps the alerts that a crisis took, as its events tell. */
export const keepAlertsTaken = (sql: Sql, vault: Vault, crisisId: string, numbered: readonly NumberedEvent[]) =>
  write(
    sql,
    numbered.flatMap((each) => takenBy(vault, crisisId, each)),
  );

/** Keeps alerts as they were recorded. The last of two with one id in the same list counts. */
export const keepRecords = (sql: Sql, vault: Vault, records: readonly AlertRecord[]) => {
  const rows = storable(records).map(({ id, alert, count, lastAt, classification, crisisId = null }) => ({
    ...keptAlert(vault, { id, crisisId, alert, classification }),
    id,
    crisisId,
    receivedAt: new Date(alert.receivedAt),
    lastAt: new Date(lastAt),
    count,
  }));
  return write(sql, [...new Map(rows.map((row) => [row.id, row])).values()]);
};

/**
 * As the crisis was classified when it had taken the alert; its state where that part of the timeline is not here.
 * Only for a query with a join: in others drizzle leaves the tables' names out, and the columns would be mistaken.
 */
const classifiedThen: SQL<Classification> = query`coalesce(
  ${alerts.classification},
  (select ${events.event} -> 'classification' from ${events}
    where ${events.crisisId} = ${alerts.crisisId} and ${events.at} <= ${alerts.takenAt}
      and ${events.type} in ('declared', 'reclassified') order by ${events.seq} desc limit 1), ${crises.state} -> 'classification')`;

const isHidden = query`${alerts.classification} ->> 'hiddenBy' is not null`;
const epochMs = (at: SQL): SQL<number> => query`(extract(epoch from ${at}) * 1000)::float8`;

/** What each silence and maintenance window has hidden, with who was behind it at the time; the newest first. */
export const readSilenced = async (sql: Sql): Promise<Silenced[]> => {
  const name = query<string>`${alerts.classification} ->> 'hiddenBy'`;
  const hidden = query<Classification['hidden'] | null>`${alerts.classification} -> 'hidden'`;
  const lastAt = epochMs(query`max(${alerts.lastAt})`);
  const rows = await sql
    .select({
      name,
      hidden,
      alerts: query<number>`sum(${alerts.count})::float8`,
      firstAt: epochMs(query`min(${alerts.receivedAt})`),
      lastAt,
    })
    .from(alerts)
    .where(isHidden)
    .groupBy(name, hidden)
    .orderBy(desc(lastAt));
  return rows.map(({ hidden: by, ...row }) => ({ ...row, ...by }));
};

/** Of a restricted crisis, for alerts that were not classified by themselves. */
const restrictedState = query<Kept<Crisis> | null>`
  case when starts_with(${alerts.crisisId}, ${restrictedPrefix}) then ${crises.state} end`;

/** The newest first. */
export const readAlerts = async (
  reading: Reading,
  { crisisId, silenced = false, limit = 100 }: { crisisId?: string; silenced?: boolean; limit?: number },
): Promise<AlertRecord[]> => {
  const rows = await reading.sql
    .select({ row: alerts, classification: classifiedThen, state: restrictedState, crisisId: alerts.crisisId })
    .from(alerts)
    .leftJoin(crises, eq(crises.crisisId, alerts.crisisId))
    .where(and(crisisId === undefined ? undefined : eq(alerts.crisisId, crisisId), silenced ? isHidden : undefined))
    .orderBy(desc(alerts.receivedAt), desc(alerts.id))
    .limit(limit);
  return readable(reading, rows, ({ row, classification, state }) => ({
    id: row.id,
    ...readAlert(reading.vault, { row, classification, state }),
    count: row.count,
    lastAt: row.lastAt.getTime(),
    ...(row.crisisId !== null && { crisisId: row.crisisId }),
  }));
};
