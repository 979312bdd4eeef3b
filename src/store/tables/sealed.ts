import { integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';

/**
 * Entries of hash chains: evidence and audit. A trigger refuses to change or remove any; whoever gets past it is found by
 * verifying. Only what is sealed stands here, so that nothing beside it can say something else.
 */
export const sealed = pgTable(
  'sealed',
  {
    chain: text('chain').notNull(),
    seq: integer('seq').notNull(),
    key: text('key').notNull(),
    entry: jsonb('entry').notNull(),
    previous: text('previous').notNull(),
    hash: text('hash').notNull(),
  },
  (table) => [primaryKey({ columns: [table.chain, table.seq] }), unique('sealed_once').on(table.chain, table.key)],
);
