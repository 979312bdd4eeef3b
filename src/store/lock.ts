import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { z } from 'zod';
import { startOf } from './processes.js';

const Holder = z.object({ pid: z.number(), startedAt: z.string(), host: z.string(), since: z.string() });
type Holder = z.infer<typeof Holder>;

/** Somebody else has the data folder open. Two processes on one embedded database would lose each other's rows. */
export class StoreLocked extends Error {
  override readonly name = 'StoreLocked';
}

const code = (error: unknown) => (error as NodeJS.ErrnoException).code;

const read = async (file: string): Promise<string | undefined> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (code(error) === 'ENOENT') return undefined;
    throw error;
  }
};

const parse = (text: string): Holder | undefined => {
  try {
    return Holder.parse(JSON.parse(text));
  } catch {
    // Cut short by a crash while it was written: nobody holds it.
    return undefined;
  }
};

const refuse = (file: string, { pid, host, since }: Holder): never => {
  const elsewhere = host !== hostname();
  throw new StoreLocked(
    `${file} is held by process ${pid} on ${host} since ${since}. ` +
      (elsewhere
        ? 'If that host is gone, remove the file.'
        : 'Stop it first, or give each process the same PostgreSQL by FIREBREAK_DATABASE_URL.'),
  );
};

const holds = async ({ pid, startedAt, host }: Holder): Promise<boolean> =>
  host !== hostname() || (await startOf(pid)) === startedAt;

/** Moves a dead holder's file aside; puts it back when another process was quicker and it is no longer the dead one's. */
const moveAside = async (file: string, stale: string): Promise<void> => {
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if (code(error) === 'ENOENT') return;
    throw error;
  }
  if ((await read(aside)) !== stale) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
};

/** Written whole under another name first, so that nobody ever reads half of it. False when the file is there already. */
const place = async (file: string, text: string): Promise<boolean> => {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, text);
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if (code(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
};

/** Takes the lock file for this process, or throws StoreLocked saying who holds it. A dead process's lock is taken over. */
export const takeLock = async (file: string): Promise<() => Promise<void>> => {
  const startedAt = (await startOf(process.pid)) ?? 'unknown';
  const mine = JSON.stringify({ pid: process.pid, startedAt, host: hostname(), since: new Date().toISOString() });
  while (!(await place(file, mine))) {
    const text = await read(file);
    if (text === undefined) continue;
    const holder = parse(text);
    if (holder && (await holds(holder))) refuse(file, holder);
    await moveAside(file, text);
  }
  return async () => {
    if ((await read(file)) === mine) await rm(file, { force: true });
  };
};
