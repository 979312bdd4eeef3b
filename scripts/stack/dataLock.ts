import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { isAlive, ownMark, ProcessMark } from './process.js';

const Holder = ProcessMark.extend({ host: z.string(), since: z.string() });
type Holder = z.infer<typeof Holder>;

/** Somebody else uses the data folder; the message says who, since when, and what to do. */
export class DataInUse extends Error {
  override readonly name = 'DataInUse';
}

/**
 * Takes the data folder for this process alone: PGlite and the development server's file bear one user only, and a
 * second one would lose data silently. Throws `DataInUse`; a lock whose holder has died is taken over.
 */
export async function dataLock(dataDir: string): Promise<{ release: () => Promise<void> }> {
  await mkdir(dataDir, { recursive: true });
  const path = join(resolve(dataDir), 'lock.json');
  const own: Holder = { ...(await ownMark()), host: hostname(), since: new Date().toISOString() };
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(own));
  try {
    await take(path, draft);
  } finally {
    await rm(draft, { force: true });
  }
  return { release: () => release(path, own) };
}

// A link appears complete or not at all, and never replaces what is there.
async function take(path: string, draft: string): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt++) {
    if (await linked(draft, path)) return;
    const holder = await readHolder(path);
    if (holder === undefined) continue;
    if (holder !== 'unreadable' && (holder.host !== hostname() || (await isAlive(holder)))) throw inUse(path, holder);
    await clearAway(path, holder);
  }
  throw new DataInUse(`The lock ${path} changes hands all the time: try again, or stop the other program.`);
}

async function linked(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Moves a dead holder's lock aside; if another process was quicker, what we moved is its lock, and goes back. */
async function clearAway(path: string, dead: Holder | 'unreadable'): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  const moved = await rename(path, aside).then(
    () => true,
    () => false,
  );
  if (!moved) return;
  if (!same(await readHolder(aside), dead)) await linked(aside, path);
  await rm(aside, { force: true });
}

async function readHolder(path: string): Promise<Holder | 'unreadable' | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return Holder.parse(JSON.parse(text));
  } catch {
    return 'unreadable';
  }
}

async function release(path: string, own: Holder): Promise<void> {
  if (same(await readHolder(path), own)) await rm(path, { force: true });
}

const same = (a: Holder | 'unreadable' | undefined, b: Holder | 'unreadable'): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

const inUse = (path: string, { pid, host, since }: Holder): DataInUse =>
  new DataInUse(
    host === hostname()
      ? `The data folder is in use by process ${pid} since ${since}: stop it, or set FIREBREAK_DATA to another folder.`
      : `The data folder is in use by process ${pid} on ${host} since ${since}: stop it there, set FIREBREAK_DATA to ` +
          `another folder, or, if that machine is gone, delete ${path}.`,
  );
