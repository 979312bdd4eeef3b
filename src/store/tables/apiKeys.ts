import { boolean, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import type { KeyHolder, Scope } from '../../domain/apiKey.js';

const moment = (name: string) => timestamp(name, { withTimezone: true });

/** Keys of the API, without their secrets. Revoked ones stay, since the audit names them. */
export const apiKeys = pgTable('api_keys', {
  id: text('id').primaryKey(),
  label: text('label').notNull(),
  holder: jsonb('holder').$type<KeyHolder>().notNull(),
  scopes: jsonb('scopes').$type<readonly Scope[]>().notNull(),
  secretHash: text('secret_hash').notNull(),
  lastFour: text('last_four').notNull(),
  createdAt: moment('created_at').notNull(),
  createdBy: text('created_by').notNull(),
  expiresAt: moment('expires_at').notNull(),
  revokedAt: moment('revoked_at'),
  loopbackOnly: boolean('loopback_only').notNull(),
});
