import { sql as query } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import type { Database, Sql, StoreLogger } from './database.js';
import { listenTo } from './listener.js';
import { migrationsFolder } from './migrations.js';

const connectWithinMs = 2_000;
/** The server ends a statement after this; our own limit, a little longer, is for a server that no longer says anything. */
const statementWithinMs = 5_000;
const silentForMs = 6_000;
const pingWithinMs = 2_000;
const migrateWithinMs = 120_000;

/** Any number that all processes of ours agree on. */
const migrationLock = 7_400_001;
const channel = 'firebreak_changes';

/** Whoever uses the connection hears of it by a failed query; without a listener, Node would end the process as well. */
const lostInUse = () => undefined;

/** One process migrates, the others wait for it and find nothing left to do. */
const migrateAlone = async (connectionString: string): Promise<void> => {
  const client = new pg.Client({
    connectionString,
    connectionTimeoutMillis: connectWithinMs,
    statement_timeout: migrateWithinMs,
    application_name: 'firebreak migrate',
  });
  client.on('error', lostInUse);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await migrate(drizzle(client), { migrationsFolder });
  } finally {
    await client.end();
  }
};

/** A connection that failed is closed rather than given back: it may still be waiting for a dead server. */
const inTransaction = async <Result>(pool: pg.Pool, work: (sql: Sql) => Promise<Result>): Promise<Result> => {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const result = await work(drizzle(client));
    await client.query('commit');
    client.release();
    return result;
  } catch (error) {
    client.release(true);
    throw error;
  }
};

/** A server of its own, for any number of processes. Throws within seconds when it cannot be reached. */
export const openPostgres = async (connectionString: string, logger: StoreLogger): Promise<Database> => {
  await migrateAlone(connectionString);
  const pool = new pg.Pool({
    connectionString,
    max: 10,
    connectionTimeoutMillis: connectWithinMs,
    statement_timeout: statementWithinMs,
    query_timeout: silentForMs,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    application_name: 'firebreak',
  });
  pool.on('error', (error) => logger.warn({ reason: error.message }, 'an idle database connection was lost'));
  pool.on('connect', (client) => client.on('error', lostInUse));
  const listener = listenTo({ connectionString, channel, connectWithinMs, logger });
  return {
    sql: drizzle(pool),
    transaction: (work) => inTransaction(pool, work),
    async ping() {
      const client = await pool.connect();
      try {
        const asked = { text: 'select 1', query_timeout: pingWithinMs };
        await client.query(asked);
        client.release();
      } catch (error) {
        client.release(true);
        throw error;
      }
    },
    announce: async (sql, change) => {
      await sql.execute(query`select pg_notify(${channel}, ${JSON.stringify(change)})`);
    },
    listen: listener.listen,
    async close() {
      await listener.close();
      await pool.end();
    },
  };
};
