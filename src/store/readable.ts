import { Unreadable } from '../domain/cipher.js';
import type { Sql, StoreLogger } from './database.js';
import type { Vault } from './vault.js';

/** What lists are read by. */
export type Reading = { sql: Sql; vault: Vault; logger: StoreLogger };

/**
 * Rows as `open` makes of them. One that cannot be read, since its key is lost, is missing and said to be: the list of all
 * others must not be lost with it.
 */
export const readable = <Row extends { crisisId: string | null }, Result>(
  { logger }: Pick<Reading, 'logger'>,
  rows: readonly Row[],
  open: (row: Row) => Result,
): Result[] =>
  rows.flatMap((row) => {
    try {
      return [open(row)];
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      logger.warn({ crisisId: row.crisisId, reason: error.message }, 'left out of a list');
      return [];
    }
  });
