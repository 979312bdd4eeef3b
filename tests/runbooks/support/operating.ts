import type { PostgresAction } from '../../../src/domain/action.js';
import type { DatabaseOperation } from '../../../src/domain/database.js';
import { withDatabase } from '../../../src/domain/databaseActions.js';
import { createKinds } from '../../../src/runbooks/kinds.js';
import { inSession } from '../../../examples/orders/book.js';
import type { OrderBook } from '../../support/orderBook.js';
import { settingsFor } from '../../support/settings.js';

export type Given = {
  crisis?: string;
  parameters?: Record<string, string | number>;
  database?: object;
  signal?: AbortSignal;
  environment?: Record<string, string | undefined>;
};

const actionOf = (book: OrderBook, operation: DatabaseOperation, changes: object): PostgresAction => {
  const settings = settingsFor({ smtp: 25, more: { databases: { orders: book.database(changes) } } });
  const { actions, slots } = withDatabase(settings, { ...settings.services['shop']!, database: 'orders' });
  return actions[slots[operation] ?? ''] as PostgresAction;
};

/** Runs one operation on the database of the book, as a worker would. */
export const operate = (
  book: OrderBook,
  operation: DatabaseOperation,
  { crisis = 'C-1', parameters = {}, database = {}, signal = new AbortController().signal, environment }: Given = {},
) =>
  createKinds({ environment: { ...book.environment, ...environment } }).postgres.run(
    actionOf(book, operation, database),
    parameters,
    { key: `${crisis}/run/${operation}/1`, signal, progress: () => undefined },
  );

/** Every database of the server, the oldest first. */
export const databasesOf = (book: OrderBook) =>
  inSession(book.postgres.url, async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      'select datname from pg_database where not datistemplate order by oid',
    );
    return rows.map(({ datname }) => datname);
  });
