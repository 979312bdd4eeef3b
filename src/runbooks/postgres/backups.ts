import { counted } from '../../domain/describe/words.js';
import { spoken } from '../../domain/duration.js';
import { readDumps, type Dump } from './dumps.js';
import type { Job, Operation } from './operation.js';
import { Refusal } from './refusal.js';
import { archiveNow, readArchive, type ArchivedWal } from './wal/archive.js';
import { liveOf } from './writes.js';

/** What data can be brought back from. */
export type Backup = Dump | ArchivedWal;

type Needs = Pick<Job, 'database' | 'environment' | 'sums'> & { say?: (line: string) => void };

/** Older dumps are not looked at, since each is read as a whole; a recovery tries no more. */
const lookedAt = 5;

type Looking = {
  /** How many dumps, from the newest on. */ dumps?: number;
  /** Else it is when it is used. */ verifiesBase?: boolean;
};

/** The newest dumps and what is archived, newest first, each with what is wrong with it. */
export const readBackups = async (
  needs: Needs,
  { dumps: count = lookedAt, verifiesBase = true }: Looking = {},
): Promise<Backup[]> => {
  const [dumps, archive] = await Promise.all([readDumps(needs, count), readArchive(needs, verifiesBase)]);
  return [...dumps, ...(archive ? [archive] : [])].sort((a, b) => b.at - a.at);
};

/** When writes stopped, by the mark of the damaged database; a recovery does not begin before. */
export const stoppedAt = async (job: Job): Promise<number> => {
  const { mark, name } = await liveOf(job);
  if ((mark?.state === 'stopped' || mark?.state === 'validated') && mark.crisis === job.crisis) return mark.stoppedAt;
  throw new Refusal(`writes to "${name}" have not been stopped in this crisis`);
};

const row = (backup: Backup, since: number): string =>
  [
    backup.fault === undefined ? 'intact ' : 'DAMAGED',
    backup.name,
    ...(backup.at > 0 ? [new Date(backup.at).toISOString(), `${spoken(since - backup.at)} before writes stopped`] : []),
    ...(backup.kind === 'dump' ? [`${(backup.sizeBytes / 1e6).toFixed(1)} MB`] : []),
    ...(backup.fault === undefined ? [] : [backup.fault]),
  ].join('  ');

const damage = ({ kind, name, fault = '' }: Backup): string =>
  kind === 'dump' ? `; ${name} is damaged: ${fault}` : `; ${name} cannot be used: ${fault}`;

/** Every backup with its age, its size and whether it is intact; without an intact one there is nothing to go back to. */
export const listBackups: Operation = async (job) => {
  const since = await stoppedAt(job);
  await archiveNow(job);
  const backups = await readBackups(job);
  for (const backup of backups) job.say(row(backup, since));
  const [newest, ...others] = backups.filter(({ fault }) => fault === undefined);
  const faulty = backups.filter(({ fault }) => fault !== undefined).map(damage);
  if (!newest)
    throw new Refusal(
      `none of ${counted(backups.length, 'backup')} in ${job.database.backups.folder} is intact${faulty.join('')}`,
    );
  return {
    summary: `${others.length + 1} of ${counted(backups.length, 'backup')} intact; the newest, ${newest.name}, ${newest.kind === 'wal' ? 'reaches to' : 'is'} ${spoken(since - newest.at)} ${newest.kind === 'wal' ? 'before' : 'older than'} the last write${faulty.join('')}`,
  };
};
