import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { Change } from './store.js';

/** Either engine, seen through drizzle: the queries are the same for both. */
export type Sql = PgDatabase<PgQueryResultHKT, Record<string, unknown>>;

/** What the store says while it works; pino's shape. */
export type StoreLogger = {
  info: (fields: Record<string, unknown>, message: string) => void;
  warn: (fields: Record<string, unknown>, message: string) => void;
};

/** A database that is open and migrated. */
export interface Database {
  readonly sql: Sql;
  transaction<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result>;
  /** Throws within two seconds when nobody answers. */
  ping(): Promise<void>;
  /** Tells every process on this database. Called inside the transaction that makes the change, so that it holds when told. */
  announce(sql: Sql, change: Change): Promise<void>;
  /** Calls back for what any process announced, until the returned function is called. */
  readonly listen: (told: (change: Change) => void) => () => void;
  close(): Promise<void>;
}
