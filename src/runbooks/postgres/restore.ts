import { execa } from 'execa';
import type { Recovery } from '../../domain/database.js';
import { counted } from '../../domain/describe/words.js';
import { spoken } from '../../domain/duration.js';
import { keepTrack, letGo, endGroup } from '../processGroup.js';
import { pgRestore, readBackups, stoppedAt, type Backup } from './backups.js';
import { timeLiteral } from './closing.js';
import { createFresh, dropLeftovers, freshOnes } from './fresh.js';
import { setMark } from './mark.js';
import type { Job, Operation } from './operation.js';
import { BadBackup, Refusal } from './refusal.js';
import { isRecovered } from './writes.js';

/** Words of pg_restore that blame the way or the place, not the backup. */
const notItsFault =
  /could not connect|connection to server|server closed the connection|terminating connection|no space left|out of memory|out of shared memory|too many connections|permission denied|role .* does not exist/i;

/** Asked of the damaged data, which may not be able to answer. */
const countLost = async ({ database, sessions, say }: Job, backupAt: number): Promise<number | undefined> => {
  if (!database.lost) return undefined;
  const { sql, title } = database.lost;
  try {
    const session = await sessions.inside(database.name, false);
    await session.query('set default_transaction_read_only = on');
    const { rows } = await session.query<Record<string, unknown>>(sql.replaceAll('$1', timeLiteral(backupAt)));
    const count = Number(Object.values(rows[0] ?? {})[0]);
    return Number.isFinite(count) ? count : undefined;
  } catch (error) {
    say(`how many ${title} are lost cannot be counted: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
};

const runRestore = async (job: Job, backup: Backup, into: string): Promise<void> => {
  const program = await pgRestore(job);
  const jobs = ['--jobs', String(job.database.jobs)];
  const child = execa(program, [...jobs, '--exit-on-error', '--no-password', '--dbname', into, backup.path], {
    env: { ...job.sessions.programEnvironment(into), PATH: job.environment['PATH'] ?? '' },
    extendEnv: false,
    detached: true,
    cleanup: false,
    reject: false,
    stdin: 'ignore',
    all: true,
  });
  const group = child.pid;
  if (group !== undefined) keepTrack(group);
  const calledOff = () => group !== undefined && void endGroup(group);
  job.signal.addEventListener('abort', calledOff, { once: true });
  const { failed, all, shortMessage } = await child;
  job.signal.removeEventListener('abort', calledOff);
  if (group !== undefined) letGo(group);
  if (!failed) return;
  const words = all.trim() || (shortMessage ?? '');
  job.say(words);
  const last = words.split('\n').find((line) => /error/i.test(line)) ?? words.split('\n')[0] ?? '';
  if (job.signal.aborted) throw new Refusal('called off while it ran');
  if (notItsFault.test(words)) throw new Refusal(last);
  throw new BadBackup(`${backup.name} cannot be restored: ${last}`);
};

const said = ({ backup, lostMs, lostRows }: Recovery, title: string): string =>
  `${backup}: ${spoken(lostMs)} of what was written is lost${lostRows === undefined ? '' : `, ${counted(lostRows, title, title)}`}`;

/** Restores the newest intact backup, or the one so many `older`, into a fresh and closed database beside the damaged one. */
export const restore: Operation = async (job) => {
  const { admin, crisis, database, values } = job;
  if (await isRecovered(job)) return { summary: `"${database.name}" is recovered already` };
  const since = await stoppedAt(job);
  const intact = (await readBackups(job)).filter(({ fault }) => fault === undefined);
  const older = Number(values['older'] ?? 0);
  const [backup, next] = intact.slice(older);
  if (!backup) throw new Refusal(`there are only ${counted(intact.length, 'intact backup')}`);

  const lostRows = await countLost(job, backup.at);
  const recovery: Recovery = {
    backup: backup.name,
    lostMs: Math.max(0, since - backup.at),
    ...(lostRows !== undefined && { lostRows }),
    ...(next && { olderLostMs: Math.max(0, since - next.at) }),
  };
  const title = database.lost?.title ?? 'rows';
  const there = (await freshOnes(job)).find(
    ({ mark }) => (mark?.state === 'restored' || mark?.state === 'validated') && mark.sha256 === backup.sha256,
  );
  if (there) return { summary: `restored already from ${said(recovery, title)}`, recovery };

  await dropLeftovers(job);
  job.say(`restoring ${backup.name}`);
  const marked = { crisis, backup: backup.name, stoppedAt: since };
  const fresh = await createFresh(job, { state: 'restoring', ...marked });
  try {
    await runRestore(job, backup, fresh);
  } catch (error) {
    if (error instanceof BadBackup) error.recovery = recovery;
    throw error;
  }
  await setMark(admin, fresh, { state: 'restored', ...marked, sha256: backup.sha256, backupAt: backup.at });
  return { summary: `restored into "${fresh}" from ${said(recovery, title)}`, recovery };
};
