import { defineConfig } from 'drizzle-kit';

/** Writes the next migration from the tables: `npx drizzle-kit generate --name <what>`; the SQL is committed. */
export default defineConfig({
  dialect: 'postgresql',
  schema: './src/store/tables/*.ts',
  out: './src/store/migrations',
});
