import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import type { Database } from '../../domain/database.js';
import { Refusal } from './refusal.js';
import { literal, quoted } from './sql.js';

const setting = 'default_transaction_read_only';

/**
 * New sessions of everybody in this database may only read. It is kept with the database, so a renamed one stays closed; for
 * the service’s roles it is set by name too, since a role’s own setting would win over that of the database.
 */
export const close = async (admin: Client, name: string, roles: readonly string[]): Promise<void> => {
  for (const role of roles)
    await admin.query(`alter role ${quoted(role)} in database ${quoted(name)} set ${setting} = on`);
  await admin.query(`alter database ${quoted(name)} set ${setting} = on`);
};

/** All of it is taken back in one transaction: a database is open or closed, never in between. */
export const open = async (admin: Client, name: string, roles: readonly string[]): Promise<void> => {
  await admin.query('begin');
  for (const role of roles)
    await admin.query(`alter role ${quoted(role)} in database ${quoted(name)} reset ${setting}`);
  await admin.query(`alter database ${quoted(name)} reset ${setting}`);
  await admin.query('commit');
};

const closedFor = `select coalesce(r.rolname, '') as role from pg_db_role_setting s join pg_database d on d.oid = s.setdatabase
  left join pg_roles r on r.oid = s.setrole where d.datname = $1 and $2 = any (s.setconfig)`;

/** Whether writes are stopped for everybody, the service’s roles by name among them. */
export const isClosed = async (admin: Client, { name, serviceRoles }: Database): Promise<boolean> => {
  const { rows } = await admin.query<{ role: string }>(closedFor, [name, `${setting}=on`]);
  return ['', ...serviceRoles].every((role) => rows.some((row) => row.role === role));
};

const everyMs = 100;
const endWithinMs = 20_000;

const others = `from pg_stat_activity where datname = $1 and pid <> pg_backend_pid() and backend_type = 'client backend'`;

/** Ends the sessions that are open now. Whoever comes back has what holds for new sessions. */
export const endSessions = async (admin: Client, name: string): Promise<number> => {
  const { rows } = await admin.query<{ pid: number; since: string }>(
    `select pid, backend_start::text as since ${others}`,
    [name],
  );
  const ended = rows.map(({ pid, since }) => `${pid} ${since}`);
  const deadline = Date.now() + endWithinMs;
  while (ended.length > 0) {
    const { rows: left } = await admin.query(
      `select pg_terminate_backend(pid) ${others} and pid || ' ' || backend_start::text = any ($2)`,
      [name, ended],
    );
    if (left.length === 0) break;
    if (Date.now() > deadline) throw new Refusal(`${left.length} sessions of "${name}" do not end`);
    await sleep(everyMs);
  }
  return ended.length;
};

const anyTable = `select c.oid::regclass::text as relation, a.attname as attribute from pg_class c
  join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where c.relkind in ('r', 'p') and c.relpersistence = 'p' and n.nspname !~ '^(pg_|information_schema)' and a.attgenerated = ''
  and a.attidentity <> 'a' order by c.oid, a.attnum limit 1`;

const readOnly = '25006';

export type Probe = 'written' | 'refused' | 'no table';

/** Tries a write that would change no row: whether a session like this one may write. Other faults are thrown. */
export const tryToWrite = async (session: Client): Promise<Probe> => {
  const { rows } = await session.query<{ relation: string; attribute: string }>(anyTable);
  const [table] = rows;
  if (!table) return 'no table';
  const column = quoted(table.attribute);
  try {
    await session.query(`update ${table.relation} set ${column} = ${column} where false`);
    return 'written';
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === readOnly) return 'refused';
    throw error;
  }
};

/** Milliseconds since 1970 by the server’s clock. */
export const serverTime = async (admin: Client): Promise<number> => {
  const { rows } = await admin.query<{ ms: string }>(
    `select floor(extract(epoch from clock_timestamp()) * 1000)::bigint::text as ms`,
  );
  return Number(rows[0]?.ms);
};

/** Terms of a moment for a question in SQL. */
export const timeLiteral = (atMs: number): string => literal(new Date(atMs).toISOString());
