import { counted } from '../../domain/describe/words.js';
import { spoken } from '../../domain/duration.js';
import { readBackups } from './backups.js';
import { serverTime } from './closing.js';
import { dropLeftovers, freshOnes } from './fresh.js';
import type { Job, Operation } from './operation.js';
import { BadBackup, Refusal } from './refusal.js';
import { fill } from './restore.js';
import { look, manifestOf } from './validate.js';
import { archiveNow } from './wal/archive.js';

/** Takes the place of a crisis on what is restored for it. */
export const rehearsal = 'rehearsal';

/** Rolling forward to a moment stops at the first transaction after it, so there must be one. */
const passMoment = async ({ admin }: Job): Promise<void> => {
  await admin.query('select txid_current()');
};

const dropFresh = async (job: Job): Promise<void> => {
  await dropLeftovers(job);
  if ((await freshOnes(job)).length > 0) throw new Refusal('what was restored for the rehearsal is still there');
};

/**
 * Restores the newest backup beside what people work with, validates it as a recovery would, and drops it again. Nothing is
 * stopped, and what people work with is not touched.
 */
export const rehearse: Operation = async (job) => {
  await dropLeftovers(job);
  const beganAt = await serverTime(job.admin);
  await passMoment(job);
  await archiveNow(job);
  const [backup] = (await readBackups(job, { verifiesBase: false })).filter(({ fault }) => fault === undefined);
  if (!backup) throw new Refusal('there is no intact backup');
  try {
    const { fresh, point } = await fill(job, { backup, since: beganAt }, backup.kind === 'wal' ? beganAt : undefined);
    const { rows, faults } = await look(job, fresh, await manifestOf(job, point.name));
    if (faults.length > 0) throw new BadBackup(`${point.name} is not sound: ${faults.join('; ')}`);
    const tookMs = (await serverTime(job.admin)) - beganAt;
    return {
      summary: `${point.name} was restored and validated in ${spoken(tookMs)}, ${counted(rows, 'row')}, and dropped again; ${spoken(Math.max(0, beganAt - point.at))} would have been lost`,
    };
  } finally {
    await dropFresh(job);
  }
};
