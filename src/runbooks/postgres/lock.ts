import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { Refusal } from './refusal.js';

/** Any number that all processes of ours agree on. */
const lockSpace = 7_400_002;
const everyMs = 100;
const attempts = 100;

type Holder = { pid: number; application_name: string };

const holders = `select a.pid, a.application_name from pg_locks l join pg_stat_activity a using (pid)
  where l.locktype = 'advisory' and l.classid = $1 and l.objid::bigint = (hashtext($2)::bigint & 4294967295) and l.granted`;

/**
 * Nobody else works on this database until the session ends. A session of the same run that holds the lock belongs to an
 * attempt that was given up, as by a worker that was cut off: it is ended, and what it had not committed is undone.
 */
export const lockDatabase = async (admin: Client, name: string, application: string): Promise<void> => {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const { rows } = await admin.query<{ locked: boolean }>(
      'select pg_try_advisory_lock($1::int, hashtext($2)) as locked',
      [lockSpace, name],
    );
    if (rows[0]?.locked) return;
    const { rows: held } = await admin.query<Holder>(holders, [lockSpace, name]);
    const stranger = held.find(({ application_name: by }) => by !== application);
    if (stranger) throw new Refusal(`"${name}" is being worked on by somebody else (session ${stranger.pid})`);
    for (const { pid } of held) await admin.query('select pg_terminate_backend($1)', [pid]);
    await sleep(everyMs);
  }
  throw new Refusal(`an earlier run still holds the lock of "${name}"`);
};
