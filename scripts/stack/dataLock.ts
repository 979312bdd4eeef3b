import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ulid } from 'ulid';
import { z } from 'zod';
import { isAlive, ownMark, ProcessMark } from './process.js';

const Entry = ProcessMark.extend({ host: z.string(), since: z.string(), state: z.enum(['claims', 'holds']) });
type Entry = z.infer<typeof Entry>;

/** Somebody else uses the data folder; the message says who, since when, and what to do. */
export class DataInUse extends Error {
  override readonly name = 'DataInUse';
}

/**
 * Takes the data folder for this process alone: PGlite and the development server's file bear one user only, and a
 * second one would lose data silently. Throws `DataInUse`; a lock whose holder has died is cleared away.
 *
 * Everybody puts a claim under a name of its own before looking at the others', so of two at least one sees the other;
 * and since no name is used twice, clearing a dead one's entry away can never hit a living one's.
 */
export async function dataLock(dataDir: string): Promise<{ release: () => Promise<void> }> {
  const folder = join(resolve(dataDir), 'lock');
  await mkdir(folder, { recursive: true });
  const name = `${ulid()}.json`;
  const own: Entry = { ...(await ownMark()), host: hostname(), since: new Date().toISOString(), state: 'claims' };
  const release = () => rm(join(folder, name), { force: true });
  await put(folder, name, own);
  try {
    await waitForOurTurn(folder, name);
    await put(folder, name, { ...own, state: 'holds' });
  } catch (error) {
    await release();
    throw error;
  }
  return { release };
}

/** Of several that claim at once the smallest name goes first; it waits until the others have seen that and withdrawn. */
async function waitForOurTurn(folder: string, own: string): Promise<void> {
  for (;;) {
    const others = (await living(folder)).filter(({ name }) => name !== own);
    const ahead = others.find(({ name, entry }) => entry.state === 'holds' || name < own);
    if (ahead) throw inUse(join(folder, ahead.name), ahead.entry);
    if (others.length === 0) return;
    await sleep(10);
  }
}

async function living(folder: string): Promise<{ name: string; entry: Entry }[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  const found: { name: string; entry: Entry }[] = [];
  for (const name of names) {
    const entry = await read(join(folder, name));
    if (entry && (entry.host !== hostname() || (await isAlive(entry)))) found.push({ name, entry });
    else await rm(join(folder, name), { force: true });
  }
  return found;
}

// Entries appear whole: one that cannot be read lost its content with the machine, and its holder too.
async function read(path: string): Promise<Entry | undefined> {
  try {
    return Entry.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}

async function put(folder: string, name: string, entry: Entry): Promise<void> {
  const draft = join(folder, `${name}.draft`);
  await writeFile(draft, JSON.stringify(entry));
  await rename(draft, join(folder, name));
}

const inUse = (path: string, { pid, host, since }: Entry): DataInUse =>
  new DataInUse(
    host === hostname()
      ? `The data folder is in use by process ${pid} since ${since}: stop it, or set FIREBREAK_DATA to another folder.`
      : `The data folder is in use by process ${pid} on ${host} since ${since}: stop it there, set FIREBREAK_DATA to ` +
          `another folder, or, if that machine is gone, delete ${path}.`,
  );
