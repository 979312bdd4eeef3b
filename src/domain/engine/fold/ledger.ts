import type { Delivery } from '../../delivery.js';
import { replace, tableToChange, type Draft } from './draft.js';
import { keptOf, putRow, rowsOf } from './table.js';

/** What is settled stays in the state for so long; the ledger in SQL and the events keep all of it. */
export const settledKeptForMs = 600_000;

/** Also what is not known has its place: rows of one shape are gone through several times as fast. */
export type Row = { [Field in keyof Required<Delivery>]: Delivery[Field] };

/** Puts a row into the ledger, in the place of the one before it with that key. */
export const put = (draft: Draft, row: Delivery): void => putRow(tableToChange(draft, 'deliveries'), row.key, row);

const isOld = (row: Delivery, at: number): boolean =>
  row.settledAt !== undefined && row.status !== 'intended' && row.intendedAt < at - settledKeptForMs;

/** Lets go of old rows, so that a crisis of days stays small enough to be carried. The first row is the oldest. */
export const forgetOld = (draft: Draft, at: number): void => {
  const { deliveries } = draft.crisis;
  const [first] = rowsOf(deliveries);
  if (first && first.intendedAt < at - settledKeptForMs)
    replace(
      draft,
      'deliveries',
      keptOf(deliveries, (row) => !isOld(row, at)),
    );
};
