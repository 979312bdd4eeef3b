import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Recovery } from '../../domain/database.js';
import { counted } from '../../domain/describe/words.js';
import { readBackups, stoppedAt, type Backup } from './backups.js';
import type { Dump } from './dumps.js';
import { createFresh, dropLeftovers, freshOnes } from './fresh.js';
import { costOf, costSaid, type Point } from './lost.js';
import { setMark } from './mark.js';
import { atMoment } from './wal/moment.js';
import type { Done, Job, Operation } from './operation.js';
import { pour } from './pouring.js';
import { pgRestore } from './programs.js';
import { BadBackup, Refusal } from './refusal.js';
import { countRows } from './tables.js';
import { archiveNow, type ArchivedWal } from './wal/archive.js';
import { isRecovered } from './writes.js';

/** A backup to go back to, what comes after it, and when writes stopped. */
type Choice<Kind extends Backup> = { backup: Kind; next?: Backup | undefined; since: number };

/** A new database that was filled in the meantime, and from what point. */
type Filled = { fresh: string; point: Point };

const begin = (job: Job, backup: Backup, since: number): Promise<string> =>
  createFresh(job, { state: 'restoring', crisis: job.crisis, backup: backup.name, stoppedAt: since });

const fromDump = async (job: Job, { backup, since }: Choice<Dump>): Promise<Filled> => {
  const program = await pgRestore(job);
  const fresh = await begin(job, backup, since);
  await pour(job, program, backup, fresh);
  return { fresh, point: backup };
};

const differing = async (
  job: Job,
  fresh: string,
  expected: Awaited<ReturnType<typeof countRows>>,
): Promise<string[]> => {
  const found = await countRows(await job.sessions.inside(fresh, false));
  return expected.flatMap(({ name, rows }) => {
    const there = found.find((one) => one.name === name)?.rows;
    return there === rows ? [] : [`${name} has ${there ?? 'no'} rows instead of ${rows}`];
  });
};

/** The server of the damaged data stays as it is: only this database is copied out of the one that was rolled forward. */
const fromArchive = (job: Job, { backup, since }: Choice<ArchivedWal>, moment: number | undefined): Promise<Filled> =>
  atMoment(job, backup, { until: since, moment }, async ({ copy, at }) => {
    const name = `archived WAL on ${copy.base.name} to ${new Date(at).toISOString()}`;
    const rows = await countRows(await copy.session(job.database.name));
    const path = await copy.dump();
    const fresh = await begin(job, backup, since);
    await pour(job, join(backup.binDir, 'pg_restore'), { name, path }, fresh);
    const differences = await differing(job, fresh, rows);
    if (differences.length > 0) throw new Refusal(`what was copied differs: ${differences.join('; ')}`);
    return { fresh, point: { name, at } };
  });

const momentNamed = ({ values }: Job): number | undefined => {
  const text = String(values['moment'] ?? '');
  return text === '' ? undefined : Date.parse(text);
};

/** The backup that is asked for: so many older than the newest intact one, or what is archived where a moment is named. */
const choose = async (job: Job, since: number, moment: number | undefined): Promise<Choice<Backup>> => {
  const all = await readBackups(job, { verifiesBase: false });
  const archive = all.find(({ kind }) => kind === 'wal');
  const intact = all.filter(({ fault }) => fault === undefined);
  if (moment !== undefined) {
    if (!archive || archive.fault !== undefined)
      throw new Refusal(`no moment can be gone back to: ${archive?.fault ?? 'no archive of WAL is configured'}`);
    if (moment > since) throw new Refusal(`writes stopped before ${new Date(moment).toISOString()}`);
    const sha256 = createHash('sha256').update(`${archive.sha256} ${moment}`).digest('hex');
    return { backup: { ...archive, at: moment, sha256 }, since };
  }
  const [backup, next] = intact.slice(Number(job.values['older'] ?? 0));
  if (!backup) throw new Refusal(`there are only ${counted(intact.length, 'intact backup')}`);
  return { backup, next, since };
};

/** Fills a fresh and closed database from a backup; from archived WAL as of a `moment`, or of the newest sound one. */
export const fill = (job: Job, { backup, ...choice }: Choice<Backup>, moment: number | undefined): Promise<Filled> =>
  backup.kind === 'dump' ? fromDump(job, { backup, ...choice }) : fromArchive(job, { backup, ...choice }, moment);

/** Of what an earlier attempt has restored from the same backup. */
const restoredAlready = async (job: Job, { backup, next, since }: Choice<Backup>): Promise<Recovery | undefined> => {
  for (const { mark } of await freshOnes(job)) {
    if ((mark?.state !== 'restored' && mark?.state !== 'validated') || mark.sha256 !== backup.sha256) continue;
    return costOf(job, since, { name: mark.backup ?? backup.name, at: mark.backupAt ?? backup.at }, next);
  }
  return undefined;
};

/**
 * Restores the newest intact backup, or the one so many `older`, into a fresh and closed database beside the damaged one. From
 * archived WAL that is the newest moment at which every check holds, or the one that is named.
 */
export const restore: Operation = async (job): Promise<Done> => {
  const { admin, crisis, database } = job;
  if (await isRecovered(job)) return { summary: `"${database.name}" is recovered already` };
  const since = await stoppedAt(job);
  const moment = momentNamed(job);
  await archiveNow(job);
  const choice = await choose(job, since, moment);
  const { backup, next } = choice;
  const there = await restoredAlready(job, choice);
  if (there) return { summary: `restored already from ${costSaid(there, job)}`, recovery: there };

  await dropLeftovers(job);
  job.say(`restoring ${backup.name}`);
  try {
    const { fresh, point } = await fill(job, choice, moment);
    const recovery = await costOf(job, since, point, next);
    await setMark(admin, fresh, {
      state: 'restored',
      crisis,
      backup: point.name,
      stoppedAt: since,
      sha256: backup.sha256,
      backupAt: point.at,
    });
    return { summary: `restored into "${fresh}" from ${costSaid(recovery, job)}`, recovery };
  } catch (error) {
    if (error instanceof BadBackup) error.recovery = await costOf(job, since, backup, next);
    throw error;
  }
};
