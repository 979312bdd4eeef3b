import { execa } from 'execa';
import { endGroup, keepTrack, letGo } from '../processGroup.js';
import type { Job } from './operation.js';
import { BadBackup, Refusal } from './refusal.js';

/** Words of pg_restore that blame the way or the place, not the backup. */
const notItsFault =
  /could not connect|connection to server|server closed the connection|terminating connection|no space left|out of memory|out of shared memory|too many connections|permission denied|role .* does not exist/i;

type Source = { name: string; path: string };

/** Has `pg_restore` fill a database from a dump; throws a BadBackup where the dump is to blame. */
export const pour = async (job: Job, program: string, { name, path }: Source, into: string): Promise<void> => {
  const jobs = ['--jobs', String(job.database.jobs)];
  const child = execa(program, [...jobs, '--exit-on-error', '--no-password', '--dbname', into, path], {
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
  throw new BadBackup(`${name} cannot be restored: ${last}`);
};
