import { index, integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import type { Alert } from '../../domain/alert.js';
import type { Classification } from '../../domain/classification.js';
import type { Kept } from '../vault.js';

/**
 * Every alert, also those that opened nothing. One that a crisis took is classified as the crisis was at the time,
 * which its events tell; the others carry their own classification. Of a restricted crisis the alert is encrypted, and
 * its classification with it.
 */
export const alerts = pgTable(
  'alerts',
  {
    id: text('id').primaryKey(),
    crisisId: text('crisis_id'),
    takenAt: timestamp('taken_at', { withTimezone: true }),
    receivedAt: timestamp('received_at', { withTimezone: true }).notNull(),
    lastAt: timestamp('last_at', { withTimezone: true }).notNull(),
    count: integer('count').notNull(),
    alert: jsonb('alert').$type<Kept<Alert>>().notNull(),
    classification: jsonb('classification').$type<Classification>(),
  },
  (table) => [index('alerts_by_crisis').on(table.crisisId), index('alerts_by_time').on(table.receivedAt)],
);
