import { spawn } from 'node:child_process';
import { once } from 'node:events';
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

/**
 * A program in a process group of its own, so that its children end with it. Nothing it prints is lost while nobody reads:
 * node holds its streams, unlike execa's, until then. Throws what the system says when it does not start.
 */
export const startProgram = async ({ program, args, timeoutMs, env }: Command, signal?: AbortSignal) => {
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
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
    stdout: child.stdout,
    stderr: child.stderr,
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
