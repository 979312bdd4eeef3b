import { and, asc, desc, eq, ne, or, sql as query, type SQL } from 'drizzle-orm';
import type { Sql } from './database.js';
import type { Crisis } from '../domain/crisis.js';
import { isRestrictedKey, parseCrisisId, restrictedPrefix } from '../domain/crisisId.js';
import type { NumberedEvent } from '../domain/record.js';
import { readable, type Reading } from './readable.js';
import type { CrisisFilter, CrisisRow } from './store.js';
import { crises, events } from './tables/crises.js';
import type { Kept, Vault } from './vault.js';

const columns = {
  crisisId: crises.crisisId,
  crisis: crises.state,
  workflowId: crises.workflowId,
  runId: crises.runId,
  updatedAt: crises.updatedAt,
};
type Row = { crisisId: string; crisis: Kept<Crisis>; workflowId: string; runId: string; updatedAt: Date };

const stateIn = (vault: Vault, { crisisId, crisis }: Pick<Row, 'crisisId' | 'crisis'>): Crisis =>
  vault.read(crisisId, 'state', crisis);

const rowOf = (vault: Vault, { crisisId, crisis, updatedAt, ...row }: Row): CrisisRow => ({
  ...row,
  crisis: stateIn(vault, { crisisId, crisis }),
  updatedAt: updatedAt.getTime(),
});

/** The crisis with this id, else the newest with this correlation key. */
export const readCrisis = async (sql: Sql, vault: Vault, idOrKey: string): Promise<CrisisRow | undefined> => {
  const [row] = await sql
    .select(columns)
    .from(crises)
    .where(or(eq(crises.crisisId, idOrKey), eq(crises.correlationKey, idOrKey)))
    .orderBy(desc(eq(crises.crisisId, idOrKey)), desc(crises.declaredAt))
    .limit(1);
  if (!row) return undefined;
  const found = rowOf(vault, row);
  const { crisis } = found;
  const later = (await followersOf(sql, vault, crisis.crisisId)).map(({ to }) => ({ to, relation: followedBy }));
  return { ...found, crisis: { ...crisis, links: [...crisis.links, ...later] } };
};

const followedBy = 'followed by';

/** Crises that say they follow this one. It had ended before they began, so only they can say so. */
const followersOf = async (sql: Sql, vault: Vault, crisisId: string): Promise<{ to: string; at: Date }[]> => {
  const follows = query`${crises.state} -> 'links' @> ${JSON.stringify([{ to: crisisId, relation: 'follows' }])}::jsonb`;
  const isRestricted = isRestrictedKey(crisisId);
  const rows = await sql
    .select({ crisisId: crises.crisisId, crisis: crises.state, at: crises.declaredAt })
    .from(crises)
    .where(
      and(
        eq(crises.correlationKey, parseCrisisId(crisisId).correlationKey),
        // What is encrypted cannot be asked for; few crises have one key.
        isRestricted ? undefined : follows,
      ),
    )
    .orderBy(asc(crises.declaredAt));
  const follow = (row: (typeof rows)[number]): boolean =>
    !isRestricted || stateIn(vault, row).links.some(({ to, relation }) => to === crisisId && relation === 'follows');
  return rows.filter(follow).map(({ crisisId: to, at }) => ({ to, at }));
};

const wanted = ({ open, severity }: CrisisFilter): SQL | undefined =>
  and(
    open === undefined ? undefined : open ? ne(crises.status, 'closed') : eq(crises.status, 'closed'),
    severity === undefined ? undefined : eq(crises.severity, severity),
  );

/** Which service a restricted crisis is about is known only once it is decrypted; they are few. */
const restrictedOf = async (reading: Reading, filter: CrisisFilter, service: string): Promise<CrisisRow[]> => {
  const rows = await reading.sql
    .select(columns)
    .from(crises)
    .where(and(query`starts_with(${crises.crisisId}, ${restrictedPrefix})`, wanted(filter)));
  return readable(reading, rows, (row) => rowOf(reading.vault, row)).filter(({ crisis }) =>
    crisis.services.includes(service),
  );
};

/** The newest first, at most 100 unless told. */
export const readCrises = async (reading: Reading, filter: CrisisFilter): Promise<CrisisRow[]> => {
  const { service, limit = 100 } = filter;
  const rows = await reading.sql
    .select(columns)
    .from(crises)
    .where(
      and(
        wanted(filter),
        service === undefined ? undefined : query`${crises.services} @> ${JSON.stringify([service])}::jsonb`,
      ),
    )
    .orderBy(desc(crises.declaredAt), desc(crises.crisisId))
    .limit(limit);
  const open = readable(reading, rows, (row) => rowOf(reading.vault, row));
  if (service === undefined) return open;
  return [...open, ...(await restrictedOf(reading, filter, service))]
    .sort((a, b) => b.crisis.declaredAt - a.crisis.declaredAt)
    .slice(0, limit);
};

/** Everything that happened in order, and after its end the crises that followed. */
export const readTimeline = async (sql: Sql, vault: Vault, crisisId: string): Promise<NumberedEvent[]> => {
  const rows = await sql
    .select({ seq: events.seq, event: events.event })
    .from(events)
    .where(eq(events.crisisId, crisisId))
    .orderBy(asc(events.seq));
  const kept = rows.map(({ seq, event }) => ({ seq, event: vault.read(crisisId, `event ${seq}`, event) }));
  const next = (kept.at(-1)?.seq ?? -1) + 1;
  const later = (await followersOf(sql, vault, crisisId)).map(({ to, at }, nth): NumberedEvent => ({
    seq: next + nth,
    event: { type: 'linked', at: at.getTime(), by: 'firebreak', to, relation: followedBy },
  }));
  return [...kept, ...later];
};
