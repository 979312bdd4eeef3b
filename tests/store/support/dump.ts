import { sql as query } from 'drizzle-orm';
import type { Database } from '../../../src/store/database.js';

/** Every row of every table, as text: what somebody reads who has the database and no key. */
export const dumpOf = async ({ sql }: Pick<Database, 'sql'>): Promise<string> => {
  const rowsOf = async (asked: ReturnType<typeof query>) =>
    ((await sql.execute(asked)) as { rows: { text: string }[] }).rows;
  const tables = await rowsOf(
    query`select table_name as text from information_schema.tables where table_schema = 'public'`,
  );
  const dumped: string[] = [];
  for (const { text: table } of tables) {
    const rows = await rowsOf(query`select t::text as text from ${query.identifier(table)} as t`);
    dumped.push(`-- ${table}`, ...rows.map(({ text }) => text));
  }
  return dumped.join('\n');
};
