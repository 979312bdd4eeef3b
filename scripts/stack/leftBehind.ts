import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { isAlive, ownMark, ProcessMark } from './process.js';

const Note = z.object({ child: ProcessMark, owner: ProcessMark, address: z.string() });

const noteIn = (dataDir: string): string => join(dataDir, 'temporal.pid.json');

/** Notes whose child the development server is, for a next start after we died hard. */
export async function noteServer(dataDir: string, child: ProcessMark, address: string): Promise<void> {
  await writeFile(noteIn(dataDir), JSON.stringify({ child, owner: await ownMark(), address }));
}

/** The server has ended in order: nothing is left behind. */
export const forgetServer = (dataDir: string): Promise<void> => rm(noteIn(dataDir), { force: true });

/**
 * Stops a development server whose owner died without stopping it, and waits until it has let go of its file and port.
 * Throws when the owner lives: the server is in use.
 */
export async function stopLeftBehind(dataDir: string, say: (line: string) => void, limitMs = 10_000): Promise<void> {
  const text = await readFile(noteIn(dataDir), 'utf8').catch(() => undefined);
  if (text === undefined) return;
  const note = parse(text);
  if (note && (await isAlive(note.child))) {
    if (await isAlive(note.owner))
      throw new Error(
        `A Temporal development server (process ${note.child.pid}, ${note.address}) already runs on ${dataDir}: ` +
          `process ${note.owner.pid} uses it. Stop that first, or set FIREBREAK_DATA to another folder.`,
      );
    say(`stopping the Temporal server that an earlier run left behind (process ${note.child.pid})`);
    await endProcess(note.child, limitMs);
  }
  await forgetServer(dataDir);
}

function parse(text: string): z.infer<typeof Note> | undefined {
  try {
    return Note.parse(JSON.parse(text));
  } catch {
    return undefined; // Half-written by a dying process; it names nobody we could stop.
  }
}

/** Asks a process to end, insists after the limit, and returns once it is gone. */
export async function endProcess(mark: ProcessMark, limitMs: number): Promise<void> {
  const insistAt = Date.now() + limitMs;
  signal(mark.pid, 'SIGTERM');
  while (await isAlive(mark)) {
    if (Date.now() > insistAt) signal(mark.pid, 'SIGKILL');
    await sleep(50);
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // Gone meanwhile is what we want.
  }
}
