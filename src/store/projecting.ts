import { sql as query } from 'drizzle-orm';
import { chunks } from './chunks.js';
import type { Database, Sql } from './database.js';
import { keepAlertsTaken } from './alerts.js';
import { keepDeliveries } from './ledger.js';
import { storable } from './storable.js';
import { isRestrictedKey } from '../domain/crisisId.js';
import { ledgerOf } from '../domain/ledgerOf.js';
import type { NumberedEvent } from '../domain/record.js';
import type { Projection } from './store.js';
import type { Vault } from './vault.js';
import { crises, events } from './tables/crises.js';

/**
 * Writes a projection in one transaction. In whatever order and how often projections of one crisis come, the rows
 * end up the same: the newest state stays, an event is written once, a message only ever gets further.
 */
export const createProjecting = (database: Database, vault: Vault) => async (given: Projection) => {
  const projection = storable(given);
  const { crisisId, seq, deliveries } = projection.crisis;
  await database.transaction(async (sql) => {
    // First, so that two projections of one crisis wait for each other here rather than lock each other out below.
    await keepState(sql, vault, projection);
    await keepEvents(sql, vault, crisisId, projection.events);
    await keepAlertsTaken(sql, vault, crisisId, projection.events);
    // The state lets go of what was settled long ago; after an outage of the database the events still tell of it.
    const rows = { ...ledgerOf(projection.events.map(({ event }) => event)), ...deliveries };
    await keepDeliveries(sql, vault, crisisId, seq, Object.values(rows));
    await database.announce(sql, { crisisId, seq });
  });
};

const rowOf = (vault: Vault, { workflowId, runId, crisis }: Projection) => ({
  crisisId: crisis.crisisId,
  workflowId,
  runId,
  correlationKey: crisis.correlationKey,
  type: crisis.type,
  mode: crisis.mode,
  severity: crisis.classification.severity,
  status: crisis.status,
  phase: crisis.phase,
  title: crisis.restricted?.codeName ?? crisis.title,
  services: crisis.restricted ? [] : crisis.services,
  declaredAt: new Date(crisis.declaredAt),
  updatedAt: new Date(),
  closedAt: crisis.closedAt === undefined ? null : new Date(crisis.closedAt),
  seq: crisis.seq,
  state: vault.kept(crisis.crisisId, 'state', crisis),
});

const keepState = async (sql: Sql, vault: Vault, projection: Projection) => {
  const row = rowOf(vault, projection);
  // A run that continues another begins with its state, and so with its number.
  await sql
    .insert(crises)
    .values(row)
    .onConflictDoUpdate({
      target: crises.crisisId,
      set: row,
      setWhere: query`excluded.seq > ${crises.seq} or (excluded.seq = ${crises.seq} and excluded.run_id <> ${crises.runId})`,
    });
};

const keepEvents = async (sql: Sql, vault: Vault, crisisId: string, numbered: readonly NumberedEvent[]) => {
  const rows = numbered.map(({ seq, event }) => ({
    crisisId,
    seq,
    at: new Date(event.at),
    type: isRestrictedKey(crisisId) ? 'restricted' : event.type,
    event: vault.kept(crisisId, `event ${seq}`, event),
  }));
  for (const portion of chunks(rows)) await sql.insert(events).values(portion).onConflictDoNothing();
};
