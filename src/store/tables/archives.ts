import { index, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

/**
 * What stays of a closed crisis: the exported history of each run and the draft of the post-mortem. Of a restricted crisis
 * the history is as Temporal had it, encrypted, and so is the draft.
 */
export const archives = pgTable(
  'archives',
  {
    workflowId: text('workflow_id').notNull(),
    runId: text('run_id').notNull(),
    crisisId: text('crisis_id').notNull(),
    closedAt: timestamp('closed_at', { withTimezone: true }).notNull(),
    history: jsonb('history').notNull(),
    postmortem: text('postmortem').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workflowId, table.runId] }), index('archives_by_crisis').on(table.crisisId)],
);
