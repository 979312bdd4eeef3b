import { boolean, index, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import type { ChannelName, Delivery, DeliveryStatus } from '../../domain/delivery.js';

const moment = (name: string) => timestamp(name, { withTimezone: true });

/**
 * The ledger as the crises know it: one row a message to one person by one channel. Of a restricted crisis `about` is
 * encrypted and holds who and why as well, and the key says nothing.
 */
export const deliveries = pgTable(
  'deliveries',
  {
    key: text('key').primaryKey(),
    crisisId: text('crisis_id').notNull(),
    kind: text('kind').$type<Delivery['kind']>().notNull(),
    about: text('about').notNull(),
    person: text('person').notNull(),
    channel: text('channel').$type<ChannelName>().notNull(),
    to: text('to').notNull(),
    status: text('status').$type<DeliveryStatus>().notNull(),
    intendedAt: moment('intended_at').notNull(),
    sentAt: moment('sent_at'),
    settledAt: moment('settled_at'),
    ref: text('ref'),
    reason: text('reason'),
    possibleRepeat: boolean('possible_repeat').notNull().default(false),
    /** The message to the same address in which it went out together with others. */
    bundle: text('bundle'),
    /** How old the projection was that brought the row: of two equally far ones the newer stays. */
    seq: integer('seq').notNull(),
  },
  (table) => [
    index('deliveries_by_crisis').on(table.crisisId, table.intendedAt),
    index('deliveries_by_ref').on(table.ref),
  ],
);

/** What providers said later. Kept apart, since such a report may come before the crisis has noted the message. */
export const deliveryReports = pgTable('delivery_reports', {
  ref: text('ref').primaryKey(),
  status: text('status').$type<DeliveryStatus>().notNull(),
  reason: text('reason'),
  reportedAt: timestamp('reported_at', { withTimezone: true }).notNull(),
});
