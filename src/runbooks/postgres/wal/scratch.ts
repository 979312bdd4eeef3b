import { createHash } from 'node:crypto';
import { chmod, chown, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { verifyBase, type BaseBackup } from './baseBackups.js';
import type { Job } from '../operation.js';
import { BadBackup, Refusal } from '../refusal.js';
import { serverUser, type ServerUser } from '../serverUser.js';

/** A copy of a base backup in a folder of its own, to be rolled forward by a server that nobody else can reach. */
export type Scratch = {
  /** Holds the copy, the server’s configuration and its socket. */
  root: string;
  data: string;
  binDir: string;
  base: BaseBackup;
  user: ServerUser | undefined;
};

/** A socket’s whole path holds some hundred bytes, on every system. */
const longestRoot = 85;

export const dataOf = (root: string): string => join(root, 'data');

const rootOf = ({ database }: Job): string => database.backups.wal?.scratch ?? tmpdir();

/** Begins the name of whatever was laid out for this database of this server, in a recovery or a rehearsal. */
const stemOf = ({ database, scope, sessions }: Job): string => {
  const { PGHOST = '', PGPORT = '' } = sessions.programEnvironment(database.name);
  const of = createHash('sha256').update(`${PGHOST}:${PGPORT}/${scope}`).digest('hex');
  return `firebreak-wal-${of.slice(0, 10)}-`;
};

/** Gives a file that we have written to whom the server runs as. */
export const handOver = async ({ user }: Scratch, path: string): Promise<void> => {
  if (user) await chown(path, user.uid, user.gid);
};

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const copy = async ({ signal }: Job, { base, data, root, user }: Scratch): Promise<void> => {
  // Followed links, so that the WAL of a base backup that lies elsewhere is copied and not written to.
  const { failed, stderr, shortMessage } = await execa('cp', ['-RL', base.path, data], {
    env: { LC_ALL: 'C' },
    cancelSignal: signal,
    reject: false,
    stdin: 'ignore',
  });
  if (failed) throw new Refusal(`${base.name} cannot be copied: ${stderr.trim().split('\n')[0] || shortMessage}`);
  await chmod(data, 0o700);
  if (user) await execa('chown', ['-R', `${user.uid}:${user.gid}`, root]);
};

/** An attempt that was cut off may still be copying into it. */
export const remove = ({ root }: Pick<Scratch, 'root'>): Promise<void> =>
  rm(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });

/** Copies a base backup; `verified`: an earlier copy of it was held against its manifest already. */
export const layOut = async (job: Job, base: BaseBackup, binDir: string, verified: boolean): Promise<Scratch> => {
  const parent = rootOf(job);
  if (join(parent, stemOf(job)).length > longestRoot)
    throw new Refusal(`${parent} is too long a path for a server's socket`);
  const root = await mkdtemp(join(parent, stemOf(job))).catch((error: unknown) => {
    throw new Refusal(`nothing can be laid out in ${parent}: ${wordsOf(error)}`);
  });
  const scratch: Scratch = { root, data: dataOf(root), binDir, base, user: await serverUser() };
  try {
    await copy(job, scratch);
    const fault = verified ? undefined : await verifyBase(scratch.data, binDir);
    if (fault !== undefined) throw new BadBackup(`${base.name} is not what was backed up: ${fault}`);
    return scratch;
  } catch (error) {
    await remove(scratch);
    throw error;
  }
};

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Ends the servers of attempts that were cut off, and removes what these have laid out. Wants the lock of the database. */
export const clearScratch = async (job: Job, binDir: string): Promise<void> => {
  const parent = rootOf(job);
  const stem = stemOf(job);
  const user = await serverUser();
  for (const name of await readdir(parent).catch(() => [])) {
    if (!name.startsWith(stem)) continue;
    const root = join(parent, name);
    if (await isThere(join(dataOf(root), 'postmaster.pid')))
      await execa(join(binDir, 'pg_ctl'), ['stop', '--mode', 'immediate', '--pgdata', dataOf(root)], {
        ...user,
        cwd: root,
        reject: false,
        stdin: 'ignore',
      });
    await remove({ root });
  }
};
