import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { endSessions, isClosed } from './closing.js';
import { freshOnes } from './fresh.js';
import type { Operation } from './operation.js';
import { Refusal } from './refusal.js';
import { quoted } from './sql.js';
import { isRecovered, liveOf } from './writes.js';

const attempts = 40;
const everyMs = 250;
const inUse = '55006';

/** Names of the damaged database tell when it was put aside, in seconds since 1970 in base 36. */
const asideName = (name: string, atMs: number): string =>
  `${name.slice(0, 40)}_damaged_${Math.floor(atMs / 1000).toString(36)}`;

/** Both names change in one transaction: at no moment is there no database of the service’s name, or a wrong one. */
const rename = async (admin: Client, live: string, aside: string, fresh: string): Promise<void> => {
  await admin.query('begin');
  try {
    await admin.query(`alter database ${quoted(live)} rename to ${quoted(aside)}`);
    await admin.query(`alter database ${quoted(fresh)} rename to ${quoted(live)}`);
    await admin.query('commit');
  } catch (error) {
    await admin.query('rollback');
    throw error;
  }
};

const isInUse = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === inUse;

/**
 * The validated database takes the name of the damaged one, which is kept under another. Writes stay stopped: that is a
 * property of each database, and goes with it.
 */
export const switchOver: Operation = async (job) => {
  const { admin, crisis, database } = job;
  const { name } = database;
  if (await isRecovered(job)) return { summary: `"${name}" is what was restored already` };
  const validated = (await freshOnes(job)).find(({ mark }) => mark?.state === 'validated');
  if (!validated) throw new Refusal(`nothing has been validated that could become "${name}"`);
  const { mark } = await liveOf(job);
  if (mark?.state !== 'stopped' || mark.crisis !== crisis || !(await isClosed(admin, database)))
    throw new Refusal(`writes to "${name}" are not stopped in this crisis: what was written meanwhile would be lost`);
  const aside = asideName(name, Date.now());
  for (let attempt = 1; ; attempt += 1) {
    // A service that comes back at once may be in between again.
    await endSessions(admin, name);
    await endSessions(admin, validated.name);
    try {
      await rename(admin, name, aside, validated.name);
      return { summary: `"${name}" is now what was restored; the damaged data is kept as "${aside}"` };
    } catch (error) {
      if (!isInUse(error) || attempt >= attempts) throw error;
      await sleep(everyMs);
    }
  }
};
