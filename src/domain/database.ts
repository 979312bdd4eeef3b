import { z } from 'zod';
import { DurationMs } from './duration.js';

/** What can be done to a database, in the order in which a recovery does it; a rehearsal is no part of one. */
export const databaseOperations = [
  'stopWrites',
  'assess',
  'listBackups',
  'restore',
  'validate',
  'switchOver',
  'resumeWrites',
  'watchData',
  'rehearse',
] as const;
export type DatabaseOperation = (typeof databaseOperations)[number];

export const VariableName = z
  .string()
  .regex(/^[A-Za-z_]\w*$/, 'expected the name of an environment variable, such as ORDERS_ADMIN_URL, not its value');

const Name = z.string().min(1).max(63);

/** A question in SQL that gives one value, and the value that sound data gives. */
export const DataCheck = z.strictObject({
  title: z.string().min(1),
  sql: z.string().min(1),
  /** Where a number is expected, what it differs by is the count of damaged rows. */
  expect: z.union([z.number(), z.string(), z.boolean()]).default(0),
});
export type DataCheck = z.infer<typeof DataCheck>;

/** Base backups and archived WAL: with both, every moment since the oldest base backup can be restored. */
export const WalArchive = z.strictObject({
  /** One folder per base backup, as `pg_basebackup --format=plain` of PostgreSQL 13 or newer makes it. */
  baseBackups: z.string().min(1),
  /** Where `archive_command` puts finished segments, each under its own name. */
  archive: z.string().min(1),
  /** Where a base backup is laid out and rolled forward; it needs room for all of the server’s data. Absent: for temporary files. */
  scratch: z.string().min(1).optional(),
  /** The newest sound moment is looked for until it is known this closely. */
  preciseToMs: DurationMs.pipe(z.number().min(1)).default(10_000),
});
export type WalArchive = z.infer<typeof WalArchive>;

/** A PostgreSQL database that `recover` can bring back from its backups. */
export const Database = z.strictObject({
  /** Names the environment variable with the URL of a role that may create, rename and drop databases and end sessions. */
  connection: VariableName,
  /** The database that the service uses. */
  name: Name,
  /** The roles under which the service writes; they log in with these. */
  serviceRoles: z.array(Name).min(1),
  /** Names the variable with the service’s own URL; with it the refused write is tried as the service would do it. */
  serviceConnection: VariableName.optional(),
  backups: z.strictObject({
    /** Dumps of `pg_dump`, each a file (`--format=custom`) or a folder (`--format=directory`). */
    folder: z.string().min(1),
    /** Names of files end so; a folder is known by the `toc.dat` in it too. */
    suffix: z.string().default('.dump'),
    /** In whose time the dumps tell when they were made; they do not say it themselves. */
    timeZone: z.string().default('UTC'),
    /** `<dump>.sha256`, as `sha256sum` writes it, must be there. Where it is there it must be right in any case. */
    checksum: z.enum(['required', 'ifThere']).default('ifThere'),
    /** `doctor` says so when the newest backup is older. */
    newestWithinMs: DurationMs.default(93_600_000),
    /** Absent: there are only the dumps. */
    wal: WalArchive.optional(),
  }),
  /** What sound data looks like; without a single check nothing could be validated. */
  checks: z.array(DataCheck).min(1),
  /** Counts what was written since the time of a backup, `$1`; asked of the damaged data. */
  lost: z.strictObject({ title: z.string().default('rows'), sql: z.string().min(1) }).optional(),
  /** How many connections `pg_restore` works with side by side. */
  jobs: z.number().int().min(1).max(64).default(4),
  /** How long one restoration may take. */
  restoreWithinMs: DurationMs.default(3_600_000),
  /** By policy, for so long from the start of a crisis the whole recovery runs without an approval. */
  preAuthorisedForMs: DurationMs.default(0),
});
export type Database = z.infer<typeof Database>;

/** What a restoration gave, for whoever decides whether to try an older backup. */
export type Recovery = {
  backup: string;
  /** From the backup to the moment when writes stopped: what was written in that time is lost. */
  lostMs: number;
  lostRows?: number;
  /** What the next older intact backup would lose; absent when there is none. */
  olderLostMs?: number;
};
