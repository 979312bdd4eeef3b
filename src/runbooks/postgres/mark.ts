import type { Client } from 'pg';
import { z } from 'zod';
import { literal, quoted } from './sql.js';

const prefix = 'firebreak ';

/**
 * What Firebreak has done to a database. It is the comment of the database itself, so it goes where the database goes:
 * through a renaming, and out of the world with it.
 */
export const Mark = z.discriminatedUnion('state', [
  /** Writes are stopped since then. */
  z.object({ state: z.literal('stopped'), crisis: z.string(), stoppedAt: z.number(), was: z.string().optional() }),
  /** A restoration is under way, or was interrupted: what is in it is good for nothing. */
  z.object({ state: z.literal('restoring'), crisis: z.string(), backup: z.string(), stoppedAt: z.number() }),
  /** All of the backup is in it; nobody has looked at it. */
  z.object({
    state: z.literal('restored'),
    crisis: z.string(),
    backup: z.string(),
    sha256: z.string(),
    backupAt: z.number(),
    stoppedAt: z.number(),
  }),
  /** It did not pass, and shall not be used. */
  z.object({ state: z.literal('rejected'), crisis: z.string(), backup: z.string(), reason: z.string() }),
  /** What is in it has been validated: only such a database may be written to again. */
  z.object({
    state: z.literal('validated'),
    crisis: z.string(),
    /** Absent where the data was found sound as it was. */
    backup: z.string().optional(),
    sha256: z.string().optional(),
    backupAt: z.number().optional(),
    stoppedAt: z.number(),
    validatedAt: z.number(),
    rows: z.number(),
    checks: z.array(z.string()),
  }),
]);
export type Mark = z.infer<typeof Mark>;

const read = (comment: string | null): Mark | undefined => {
  if (!comment?.startsWith(prefix)) return undefined;
  try {
    return Mark.safeParse(JSON.parse(comment.slice(prefix.length))).data;
  } catch {
    return undefined;
  }
};

export type Marked = { name: string; comment: string | null; mark: Mark | undefined };

type Row = { datname: string; comment: string | null };

const listing = `select datname, shobj_description(oid, 'pg_database') as comment from pg_database where not datistemplate`;

/** Every database of the server, with our mark where it bears one. */
export const readMarks = async (admin: Client): Promise<Marked[]> => {
  const { rows } = await admin.query<Row>(`${listing} order by oid`);
  return rows.map(({ datname, comment }) => ({ name: datname, comment, mark: read(comment) }));
};

/** One database with its mark; undefined when there is none of that name. */
export const readMark = async (admin: Client, name: string): Promise<Marked | undefined> =>
  (await readMarks(admin)).find((one) => one.name === name);

export const setMark = async (admin: Client, name: string, mark: Mark): Promise<void> => {
  await admin.query(`comment on database ${quoted(name)} is ${literal(prefix + JSON.stringify(mark))}`);
};
