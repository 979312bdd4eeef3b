import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { endGroup, keepTrack, letGo } from '../runbooks/processGroup.js';

/** A program that is run without a shell, for at most `timeoutMs`, with `env` as its whole environment. */
export type Command = {
  program: string;
  args: readonly string[];
  timeoutMs: number;
  env: Readonly<Record<string, string>>;
};

/** Output may still be on its way when a group was ended; a process that left the group could hold the pipe for ever. */
const drainMs = 1_000;

/** Read from the first moment on: once a program has ended, node lets go of what nobody reads. */
const held = (stream: Readable): Readable => {
  const way = new PassThrough();
  stream.pipe(way);
  stream.once('close', () => way.end());
  return way;
};

/**
 * A program in a process group of its own, so that its children end with it. Nothing it prints is lost while nobody reads.
 * Throws what the system says when it does not start.
 */
export const startProgram = async ({ program, args, timeoutMs, env }: Command, signal?: AbortSignal) => {
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const [stdout, stderr] = [held(child.stdout), held(child.stderr)];
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  await Promise.race([once(child, 'spawn'), exited]);
  const group = child.pid ?? 0;
  keepTrack(group);
  let why: string | undefined;
  const stop = async (reason: string): Promise<void> => {
    why ??= reason;
    await endGroup(group);
    await sleep(drainMs);
    child.stdout.destroy();
    child.stderr.destroy();
  };
  const timer = setTimeout(() => void stop(`stopped after its time limit of ${timeoutMs} ms`), timeoutMs);
  const calledOff = () => void stop('called off while it ran');
  signal?.addEventListener('abort', calledOff, { once: true });
  if (signal?.aborted) calledOff();
  return {
    stdout,
    stderr,
    stop,
    /** How it ended, in words, and why it had to, if somebody ended it. */
    async ended(): Promise<{ how: string; stopped: string | undefined }> {
      const [code, by] = await exited;
      clearTimeout(timer);
      signal?.removeEventListener('abort', calledOff);
      letGo(group);
      return { how: code === null ? `ended by ${by ?? 'a signal'}` : `exit code ${code}`, stopped: why };
    },
  };
};
