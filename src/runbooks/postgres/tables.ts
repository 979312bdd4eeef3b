import type { Client } from 'pg';

export type TableRows = { name: string; rows: number };

const tables = `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'r' and (c.relpersistence = 'p' or (c.relpersistence = 'u' and not pg_is_in_recovery())) and n.nspname !~ '^(pg_|information_schema$)' order by 1`;

/** Every table of the database with the number of its rows, counted one by one. */
export const countRows = async (session: Client): Promise<TableRows[]> => {
  const { rows } = await session.query<{ name: string }>(tables);
  const counted: TableRows[] = [];
  for (const { name } of rows) {
    const { rows: found } = await session.query<{ count: string }>(`select count(*) from only ${name}`);
    counted.push({ name, rows: Number(found[0]?.count) });
  }
  return counted;
};

/** A sum over what is in a table, whatever the order of its rows. */
export const sumOf = async (session: Client, name: string): Promise<string> => {
  const { rows } = await session.query<{ sum: string | null }>(
    `select sum(hashtextextended(t::text, 0)::numeric)::text as sum from only ${name} t`,
  );
  return rows[0]?.sum ?? '0';
};
