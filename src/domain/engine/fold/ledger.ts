import type { Crisis } from '../../crisis.js';
import type { Delivery } from '../../delivery.js';
import { replace, writable, type Draft } from './draft.js';

/** What is settled stays in the state for so long; the ledger in SQL and the events keep all of it. */
export const settledKeptForMs = 600_000;

const isOld = (row: Delivery, at: number): boolean =>
  row.settledAt !== undefined && row.status !== 'intended' && row.intendedAt < at - settledKeptForMs;

/** Rows are put in as time goes on, so the first is the oldest. */
const firstOf = (deliveries: Crisis['deliveries']): Delivery | undefined => {
  for (const key in deliveries) return deliveries[key];
  return undefined;
};

const withoutOld = (deliveries: Crisis['deliveries'], at: number): Crisis['deliveries'] => {
  const kept: Record<string, Delivery> = {};
  for (const key in deliveries) {
    const row = deliveries[key];
    if (row && !isOld(row, at)) kept[key] = row;
  }
  return kept;
};

/** Puts rows into the ledger of the state, and lets go of the old ones: a crisis of days stays small enough to be carried. */
export const enter = (draft: Draft, rows: readonly Delivery[], at: number): void => {
  const oldest = firstOf(draft.crisis.deliveries);
  if (oldest && oldest.intendedAt < at - settledKeptForMs)
    replace(draft, 'deliveries', withoutOld(draft.crisis.deliveries, at));
  if (rows.length === 0) return;
  const deliveries = writable(draft, 'deliveries');
  for (const row of rows) deliveries[row.key] = row;
};
