import { join } from 'node:path';
import { execa } from 'execa';
import type { BaseBackup } from './baseBackups.js';
import { faultsOf, runChecks } from '../checks.js';
import type { Job } from '../operation.js';
import { Refusal } from '../refusal.js';
import { createRolling, type Arrival, type Rolling } from './rolling.js';
import { layOut, remove } from './scratch.js';
import { port, type Goal } from './serverSettings.js';

/** What holds a lock at a moment of the past holds it for ever. */
const lockWithinMs = 10_000;

export const shown = (at: number): string => new Date(at).toISOString();

/** A base backup that was laid out, at the moment to which it was rolled forward. */
export type Copy = {
  base: BaseBackup;
  /** Where it stands. */
  readonly at: Goal | undefined;
  goTo: (goal: Goal) => Promise<Arrival>;
  session: Rolling['session'];
  /** What the configured checks find there, in words; undefined where all of them hold. */
  faults: () => Promise<string | undefined>;
  hasDatabase: () => Promise<boolean>;
  /** When the newest transaction was made that was applied, in milliseconds since 1970; undefined while there was none. */
  newest: () => Promise<number | undefined>;
  /** Copies the database into a folder that `pg_restore` reads, and answers its path. */
  dump: () => Promise<string>;
  /** Ends the server, and removes all of it. */
  leave: () => Promise<void>;
};

type Wanted = {
  base: BaseBackup;
  binDir: string;
  archive: string;
  /** An earlier copy of it was. */ verified: boolean;
};

/** Our own role may not read everything there; nobody but us can reach this server. */
const readsAll = async ({ session }: Rolling): Promise<string> => {
  const { rows } = await (
    await session('template1')
  ).query<{ name: string }>('select rolname as name from pg_roles where rolsuper and rolcanlogin order by oid limit 1');
  if (!rows[0]) throw new Refusal('no role that may read everything may log in');
  return rows[0].name;
};

const dumpInto = async ({ database, signal }: Job, binDir: string, root: string, user: string): Promise<string> => {
  const folder = join(root, 'dump');
  const { failed, stderr, shortMessage } = await execa(
    join(binDir, 'pg_dump'),
    [
      ...['--format=directory', '--compress=0', '--no-sync', `--jobs=${database.jobs}`, `--file=${folder}`],
      ...[`--lock-wait-timeout=${lockWithinMs}`, '--no-password', database.name],
    ],
    {
      env: { PGHOST: root, PGPORT: String(port), PGUSER: user, LC_ALL: 'C' },
      cancelSignal: signal,
      reject: false,
      stdin: 'ignore',
    },
  );
  if (!failed) return folder;
  throw new Refusal(
    `what was rolled forward cannot be copied: ${stderr.trim().split('\n')[0] || (shortMessage ?? '')}`,
  );
};

const newestIn = async ({ session }: Rolling): Promise<number | undefined> => {
  const { rows } = await (
    await session('template1')
  ).query<{ ms: string | null }>(
    'select ceil(extract(epoch from pg_last_xact_replay_timestamp()) * 1000)::bigint::text as ms',
  );
  const ms = rows[0]?.ms ?? null;
  return ms === null ? undefined : Number(ms);
};

const faultsIn = async ({ session }: Rolling, { name, checks }: Job['database']): Promise<string | undefined> => {
  const client = await session(name);
  await client.query(`set lock_timeout = ${lockWithinMs}`);
  const answers = await runChecks(client, checks);
  return answers.every(({ ok }) => ok) ? undefined : faultsOf(answers);
};

/** Lays out a base backup and gets a server ready to roll it forward. */
export const layCopy = async (job: Job, { base, binDir, archive, verified }: Wanted): Promise<Copy> => {
  const scratch = await layOut(job, base, binDir, verified);
  const rolling = createRolling(job, scratch, archive);
  let at: Goal | undefined;
  return {
    base,
    get at() {
      return at;
    },
    session: rolling.session,
    goTo: async (goal) => {
      job.say(`rolling ${base.name} forward to ${goal === 'consistent' ? 'where it is whole' : shown(goal)}`);
      const came = await rolling.goTo(goal);
      at = goal;
      return came;
    },
    faults: () => faultsIn(rolling, job.database),
    hasDatabase: async () => {
      const client = await rolling.session('template1');
      const { rowCount } = await client.query('select from pg_database where datname = $1', [job.database.name]);
      return rowCount === 1;
    },
    newest: () => newestIn(rolling),
    dump: async () => dumpInto(job, binDir, scratch.root, await readsAll(rolling)),
    leave: async () => {
      await rolling.stop();
      await remove(scratch);
    },
  };
};
