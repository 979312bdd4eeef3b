import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WalArchive } from '../../../domain/database.js';
import { readBaseBackups, verifyBase, type BaseBackup } from './baseBackups.js';
import type { Job } from '../operation.js';
import { findServer } from '../programs.js';

/** Base backups with the WAL archived since: every moment from the oldest to `at`, or why there is none, in words. */
export type ArchivedWal = {
  kind: 'wal';
  name: string;
  /** Up to when the archive reaches. */
  at: number;
  /** The same for as long as it is the same archive. */
  sha256: string;
  /** Newest first, without those that are no good. */
  bases: readonly BaseBackup[];
  binDir: string;
  fault?: string;
};

const segment = /^[0-9A-F]{24}$/;

/** When the newest segment was archived. Their names tell their order. */
const reachOf = async ({ archive }: WalArchive): Promise<number | undefined> => {
  const last = (await readdir(archive)).filter((name) => segment.test(name)).reduce((a, b) => (a > b ? a : b), '');
  return last === '' ? undefined : Math.floor((await stat(join(archive, last))).mtimeMs);
};

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

type Needs = Pick<Job, 'database' | 'environment' | 'sums'> & { say?: (line: string) => void };

type Judged = { base: BaseBackup } & ({ binDir: string } | { fault: string });

const judge = async ({ environment, sums }: Needs, base: BaseBackup, verifies: boolean): Promise<Judged> => {
  if (base.fault !== undefined) return { base, fault: base.fault };
  const server = await findServer(base.major, environment);
  if ('missing' in server) return { base, fault: server.missing };
  const fault = verifies ? await verifyBase(base.path, server.binDir, sums) : undefined;
  return fault === undefined ? { base, binDir: server.binDir } : { base, fault };
};

type Usable = { bases: BaseBackup[]; binDir: string; faults: string[] };

/** The base backups that may be rolled forward, all by the same programs. */
const usable = async (needs: Needs, all: readonly BaseBackup[], verifies: boolean): Promise<Usable> => {
  const found: Usable = { bases: [], binDir: '', faults: [] };
  for (const base of all) {
    // Older ones only matter where the newest disappoints.
    const judged = await judge(needs, base, verifies && found.bases.length === 0);
    const fault = 'fault' in judged ? judged.fault : undefined;
    needs.say?.(
      `${fault === undefined ? 'intact ' : 'DAMAGED'}  base backup ${base.name}  ${new Date(base.at).toISOString()}  ${fault ?? ''}`,
    );
    if ('fault' in judged) found.faults.push(`${base.name}: ${judged.fault}`);
    else if (found.bases.length === 0 || found.binDir === judged.binDir) {
      found.bases.push(base);
      found.binDir = judged.binDir;
    }
  }
  return found;
};

/**
 * What the archive of a database offers; undefined where none is configured. It never throws: what is wrong is a fault.
 * `verifies`: the newest base backup is read to its last byte, which else happens when it is laid out.
 */
export const readArchive = async (needs: Needs, verifies: boolean): Promise<ArchivedWal | undefined> => {
  const { wal } = needs.database.backups;
  if (!wal) return undefined;
  const sha256 = createHash('sha256').update(`${wal.baseBackups}\n${wal.archive}`).digest('hex');
  const nothing = { kind: 'wal', name: 'archived WAL', at: 0, sha256, bases: [], binDir: '' } as const;
  try {
    const [all, reach] = await Promise.all([readBaseBackups(wal), reachOf(wal)]);
    if (all.length === 0) return { ...nothing, fault: `there is no base backup in ${wal.baseBackups}` };
    if (reach === undefined) return { ...nothing, fault: `there is no segment in ${wal.archive}` };
    const { bases, binDir, faults } = await usable(needs, all, verifies);
    const [newest] = bases;
    if (!newest) return { ...nothing, at: reach, fault: faults.join('; ') };
    return { ...nothing, name: `archived WAL on ${newest.name}`, at: Math.max(reach, newest.at), bases, binDir };
  } catch (error) {
    return { ...nothing, fault: wordsOf(error) };
  }
};

const archivedWithinMs = 15_000;
const everyMs = 100;

/** Has the server archive what it wrote last. Where it may not or does not, what was archived before has to do. */
export const archiveNow = async ({ admin, database, say, signal }: Job): Promise<void> => {
  const { wal } = database.backups;
  if (!wal) return;
  try {
    const { rows } = await admin.query<{ name: string; bytes: string }>(
      `select pg_walfile_name(pg_switch_wal()) as name, pg_size_bytes(current_setting('wal_segment_size')) as bytes`,
    );
    const { name = '', bytes } = rows[0] ?? {};
    const file = join(wal.archive, name);
    const deadline = Date.now() + archivedWithinMs;
    for (;;) {
      const archived = await stat(file).catch(() => undefined);
      // It may still be on its way.
      if (archived?.size === Number(bytes)) return;
      if (signal.aborted) return;
      if (Date.now() > deadline) break;
      await sleep(everyMs);
    }
    say(`the server has not archived its newest WAL within ${archivedWithinMs / 1_000} s; what is there is used`);
  } catch (error) {
    say(`the newest WAL cannot be asked for: ${wordsOf(error)}; what is archived is used`);
  }
};
