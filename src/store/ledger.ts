import { asc, eq, getTableColumns, sql as query, type SQL } from 'drizzle-orm';
import { deliveryStatuses, type Delivery, type DeliveryStatus } from '../domain/delivery.js';
import { chunks } from './chunks.js';
import type { Sql } from './database.js';
import { storable } from './storable.js';
import { deliveries, deliveryReports } from './tables/deliveries.js';
import { keptWords, readWords } from './deliveryWords.js';
import type { Vault } from './vault.js';

const order = query.raw(`array[${deliveryStatuses.map((status) => `'${status}'`).join(',')}]`);
/** How far a message has come, as a number; the database's own `further`. */
const farness = (status: SQL | typeof deliveries.status | typeof deliveryReports.status): SQL =>
  query`array_position(${order}, ${status})`;

const dateOf = (at: number | undefined) => (at === undefined ? null : new Date(at));

const rowOf = (vault: Vault, crisisId: string, seq: number, delivery: Delivery) => ({
  ...keptWords(vault, crisisId, delivery),
  crisisId,
  kind: delivery.kind,
  channel: delivery.channel,
  status: delivery.status,
  intendedAt: new Date(delivery.intendedAt),
  sentAt: dateOf(delivery.sentAt),
  settledAt: dateOf(delivery.settledAt),
  ref: delivery.ref ?? null,
  possibleRepeat: delivery.possibleRepeat ?? false,
  bundle: delivery.bundle ?? null,
  seq,
});

const { key: _, ...changing } = getTableColumns(deliveries);
const fromTheNewRow = Object.fromEntries(
  Object.entries(changing).map(([name, column]) => [name, query`excluded.${query.identifier(column.name)}`]),
);

/** Writes what a crisis knows of its messages. A row only gets further; of two equally far ones the newer stays. */
export const keepDeliveries = async (
  sql: Sql,
  vault: Vault,
  crisisId: string,
  seq: number,
  known: readonly Delivery[],
) => {
  const newer = query`(${farness(query`excluded.status`)}, excluded.seq) > (${farness(deliveries.status)}, ${deliveries.seq})`;
  for (const portion of chunks(known.map((delivery) => rowOf(vault, crisisId, seq, delivery))))
    await sql
      .insert(deliveries)
      .values(portion)
      .onConflictDoUpdate({ target: deliveries.key, set: fromTheNewRow, setWhere: newer });
};

/** Keeps a provider's report, also when the message itself is not known yet. */
export const keepReport = async (sql: Sql, ref: string, status: DeliveryStatus, reason: string | undefined) => {
  const row = storable({ ref, status, reason: reason ?? null, reportedAt: new Date() });
  await sql
    .insert(deliveryReports)
    .values(row)
    .onConflictDoUpdate({
      target: deliveryReports.ref,
      set: row,
      setWhere: query`${farness(query`excluded.status`)} > ${farness(deliveryReports.status)}`,
    });
};

type Row = typeof deliveries.$inferSelect;
type Report = typeof deliveryReports.$inferSelect;

/** The channel took it and the provider then could not deliver: the provider knows more. */
const overrules = (report: DeliveryStatus, known: DeliveryStatus): boolean =>
  deliveryStatuses.indexOf(report) > deliveryStatuses.indexOf(known) ||
  (report === 'failed' && (known === 'sent' || known === 'uncertain'));

/** A row with what its provider reported since. */
export const deliveryOf = (vault: Vault, row: Row, report: Report | null): Delivery => {
  const said = report && overrules(report.status, row.status) ? report : undefined;
  const settledAt = said?.reportedAt ?? row.settledAt;
  const { reason: known = null, ...words } = readWords(vault, row);
  const reason = said ? said.reason : known;
  return {
    ...words,
    kind: row.kind,
    channel: row.channel,
    status: said?.status ?? row.status,
    intendedAt: row.intendedAt.getTime(),
    ...(row.sentAt && { sentAt: row.sentAt.getTime() }),
    ...(settledAt && { settledAt: settledAt.getTime() }),
    ...(row.ref !== null && { ref: row.ref }),
    ...(reason !== null && { reason }),
    ...(row.possibleRepeat && { possibleRepeat: true }),
    ...(row.bundle !== null && { bundle: row.bundle }),
  };
};

/** Every message of a crisis, in the order of intent, with what providers reported since. */
export const readDeliveries = async (sql: Sql, vault: Vault, crisisId: string): Promise<Delivery[]> => {
  const rows = await sql
    .select({ row: deliveries, report: deliveryReports })
    .from(deliveries)
    .leftJoin(deliveryReports, eq(deliveries.ref, deliveryReports.ref))
    .where(eq(deliveries.crisisId, crisisId))
    .orderBy(asc(deliveries.intendedAt), asc(deliveries.key));
  return rows.map(({ row, report }) => deliveryOf(vault, row, report));
};
