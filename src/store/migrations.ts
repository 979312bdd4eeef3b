import { fileURLToPath } from 'node:url';

/** The SQL that drizzle-kit wrote from the tables; both engines are brought up to date from this one folder. */
export const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));
