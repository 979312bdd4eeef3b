import type { Crisis } from '../../crisis.js';
import type { Delivery } from '../../delivery.js';
import { emptyTable, replace, type Draft } from './draft.js';

type Ledger = Crisis['deliveries'];

/** What is settled stays in the state for so long; the ledger in SQL and the events keep all of it. */
export const settledKeptForMs = 600_000;

/** Beside each ledger its rows as a list: every clock goes through them, which by names from outside is slow. */
const lists = new WeakMap<Ledger, Delivery[]>();

/** The rows of a ledger in the order in which they were put in. */
export const rowsOf = (ledger: Ledger): readonly Delivery[] => listOf(ledger);

const listOf = (ledger: Ledger): Delivery[] => {
  const known = lists.get(ledger);
  if (known) return known;
  const rows = Object.values(ledger);
  lists.set(ledger, rows);
  return rows;
};

const begin = (draft: Draft, rows: Delivery[]): void => {
  const ledger = emptyTable<Delivery>();
  for (const row of rows) ledger[row.key] = row;
  lists.set(ledger, rows);
  replace(draft, 'deliveries', ledger);
};

/** Puts a row into the ledger, in the place of the one before it with that key. */
export const put = (draft: Draft, row: Delivery): void => {
  if (draft.crisis.deliveries === draft.before.deliveries) begin(draft, listOf(draft.crisis.deliveries).slice());
  const ledger = draft.crisis.deliveries as Record<string, Delivery>;
  const rows = listOf(ledger);
  const before = ledger[row.key];
  if (before) rows[rows.lastIndexOf(before)] = row;
  else rows.push(row);
  ledger[row.key] = row;
};

const isOld = (row: Delivery, at: number): boolean =>
  row.settledAt !== undefined && row.status !== 'intended' && row.intendedAt < at - settledKeptForMs;

/** Lets go of old rows, so that a crisis of days stays small enough to be carried. The first row is the oldest. */
export const forgetOld = (draft: Draft, at: number): void => {
  const rows = rowsOf(draft.crisis.deliveries);
  if (rows[0] && rows[0].intendedAt < at - settledKeptForMs)
    begin(
      draft,
      rows.filter((row) => !isOld(row, at)),
    );
};
