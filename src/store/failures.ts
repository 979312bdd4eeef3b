import { DrizzleQueryError } from 'drizzle-orm';

/** The database refused or did not answer; the message says which, without the data that was to be written. */
export class StoreFailed extends Error {
  override readonly name = 'StoreFailed';
}

const reasonOf = (error: unknown): string => {
  // A connection tried over IPv4 and IPv6 fails with one error for each and no words of its own.
  if (error instanceof AggregateError && !error.message) return error.errors.map(reasonOf).join('; ');
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  return error.message || (code ?? error.name);
};

/** What the driver said, without drizzle's copy of the query and all its parameters. */
export const storeFailed = (error: unknown): StoreFailed => {
  if (error instanceof StoreFailed) return error;
  const cause = error instanceof DrizzleQueryError ? (error.cause ?? error) : error;
  const reason = cause instanceof DrizzleQueryError ? 'a query failed' : reasonOf(cause);
  return new StoreFailed(`the database: ${reason}`, { cause });
};

/** The same function, failing with StoreFailed alone. */
export const plainly =
  <Given extends unknown[], Result>(work: (...given: Given) => Promise<Result>) =>
  async (...given: Given): Promise<Result> => {
    try {
      return await work(...given);
    } catch (error) {
      throw storeFailed(error);
    }
  };
