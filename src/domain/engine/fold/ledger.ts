import type { Crisis } from '../../crisis.js';
import type { Delivery } from '../../delivery.js';

/** What is settled stays in the state for so long; the ledger in SQL and the events keep all of it. */
export const settledKeptForMs = 600_000;

const isOld = (row: Delivery, at: number): boolean =>
  row.settledAt !== undefined && row.status !== 'intended' && row.intendedAt < at - settledKeptForMs;

/** Rows are put in as time goes on, so the first is the oldest. */
const firstOf = (deliveries: Crisis['deliveries']): Delivery | undefined => {
  for (const key in deliveries) return deliveries[key];
  return undefined;
};

/** The ledger of the state with more rows, without the old ones: a crisis of days stays small enough to be carried. */
export const withRows = (
  deliveries: Crisis['deliveries'],
  rows: readonly Delivery[],
  at: number,
): Crisis['deliveries'] => {
  const oldest = firstOf(deliveries);
  const kept =
    oldest && oldest.intendedAt < at - settledKeptForMs
      ? Object.fromEntries(Object.entries(deliveries).filter(([, row]) => !isOld(row, at)))
      : { ...deliveries };
  for (const row of rows) kept[row.key] = row;
  return kept;
};
