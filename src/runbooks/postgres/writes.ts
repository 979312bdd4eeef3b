import { counted } from '../../domain/describe/words.js';
import { close, endSessions, isClosed, open, serverTime, tryToWrite } from './closing.js';
import { readMark, setMark, type Marked } from './mark.js';
import type { Job, Operation } from './operation.js';
import { Refusal } from './refusal.js';

/** The database that the service uses, as it is now. */
export const liveOf = async ({ admin, database: { name } }: Job): Promise<Marked> => {
  const live = await readMark(admin, name);
  if (!live) throw new Refusal(`there is no database "${name}"`);
  return live;
};

/** This crisis has validated what the service uses, and writes have been closed ever since. */
export const isRecovered = async (job: Job): Promise<boolean> => {
  const { mark } = await liveOf(job);
  return mark?.state === 'validated' && mark.crisis === job.crisis && (await isClosed(job.admin, job.database));
};

const probe = async (job: Job): Promise<{ who: string; came: Awaited<ReturnType<typeof tryToWrite>> }> => {
  const service = await job.sessions.asService();
  const session = service ?? (await job.sessions.inside(job.database.name, false));
  return { who: service ? 'the service' : 'a new session', came: await tryToWrite(session) };
};

/** Closes the database, ends what is connected, and shows that a write fails. What was recovered already stays as it is. */
export const stopWrites: Operation = async (job) => {
  const { admin, database, crisis, say } = job;
  const { name, serviceRoles } = database;
  if (await isRecovered(job)) return { summary: `"${name}" is recovered already, and writes are still stopped` };
  const { mark, comment } = await liveOf(job);
  await close(admin, name, serviceRoles);
  if (mark?.state !== 'stopped' || mark.crisis !== crisis) {
    const was = mark === undefined && comment !== null ? { was: comment } : {};
    await setMark(admin, name, { state: 'stopped', crisis, stoppedAt: await serverTime(admin), ...was });
  }
  const ended = await endSessions(admin, name);
  say(`${counted(ended, 'session')} ended`);
  const { who, came } = await probe(job);
  if (came === 'written') throw new Refusal(`${who} can still write to "${name}"`);
  const shown = came === 'refused' ? `a write by ${who} is refused` : 'there is no table left to try a write on';
  return { summary: `writes to "${name}" are stopped: ${counted(ended, 'session')} ended, ${shown}` };
};

/** Opens the database that bears this crisis’s mark of a validation, and no other. */
export const resumeWrites: Operation = async (job) => {
  const { admin, database, crisis } = job;
  const { name, serviceRoles } = database;
  const { mark } = await liveOf(job);
  if (mark?.state !== 'validated' || mark.crisis !== crisis)
    throw new Refusal(`writes stay stopped: what is in "${name}" has not been validated in this crisis`);
  await open(admin, name, serviceRoles);
  const ended = await endSessions(admin, name);
  const { who, came } = await probe(job);
  if (came === 'refused') throw new Refusal(`${who} still cannot write to "${name}"`);
  return {
    summary: `writes to "${name}" are open again, on data validated from ${mark.backup ?? 'what was there'}; ${counted(ended, 'session')} ended to begin anew`,
  };
};
