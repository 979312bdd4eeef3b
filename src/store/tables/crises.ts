import { index, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import type { Crisis } from '../../domain/crisis.js';
import type { Event } from '../../domain/event.js';
import type { Kept } from '../vault.js';

const moment = (name: string) => timestamp(name, { withTimezone: true });

/**
 * One row a crisis: its newest known state, with the columns that lists and statistics ask for beside it. Of a restricted
 * one the state is encrypted, the title is its code name, and no service stands here.
 */
export const crises = pgTable(
  'crises',
  {
    crisisId: text('crisis_id').primaryKey(),
    workflowId: text('workflow_id').notNull(),
    runId: text('run_id').notNull(),
    correlationKey: text('correlation_key').notNull(),
    type: text('type').notNull(),
    mode: text('mode').notNull(),
    severity: text('severity').notNull(),
    status: text('status').notNull(),
    phase: integer('phase').notNull(),
    title: text('title').notNull(),
    services: jsonb('services').$type<readonly string[]>().notNull(),
    declaredAt: moment('declared_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
    closedAt: moment('closed_at'),
    seq: integer('seq').notNull(),
    state: jsonb('state').$type<Kept<Crisis>>().notNull(),
  },
  (table) => [
    index('crises_by_correlation_key').on(table.correlationKey, table.declaredAt),
    index('crises_by_status').on(table.status, table.declaredAt),
  ],
);

/** The timeline: what has happened, never changed once written. Of a restricted crisis the type is `restricted`. */
export const events = pgTable(
  'events',
  {
    crisisId: text('crisis_id').notNull(),
    seq: integer('seq').notNull(),
    at: moment('at').notNull(),
    type: text('type').notNull(),
    event: jsonb('event').$type<Kept<Event>>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.crisisId, table.seq] })],
);
