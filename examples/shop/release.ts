import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** A release as a running process of its own. */
export type Release = {
  version: string;
  port: number;
  /** Ends when the process does, whatever the cause. */
  ended: Promise<void>;
  /** Lets it finish what it is answering, for two seconds at most. */
  drain: () => Promise<void>;
};

const startLimitMs = 10_000;
const drainLimitMs = 2_000;

const portFrom = async (child: ChildProcess, ended: Promise<void>): Promise<number> => {
  const said = once(child, 'message', { signal: AbortSignal.timeout(startLimitMs) }) as Promise<[{ port: number }]>;
  const died = ended.then(() => {
    throw new Error('it ended before it listened');
  });
  const [{ port }] = await Promise.race([said, died]);
  return port;
};

/** Starts a release's program and waits until it listens. What it prints goes to `log`. */
export const startRelease = async (version: string, program: string, log: (line: string) => void): Promise<Release> => {
  const child = fork(program, [], { execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => log(`${version}: ${chunk.toString().trimEnd()}`));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    const port = await portFrom(child, ended);
    const drain = async () => {
      child.kill('SIGTERM');
      const tooLong = setTimeout(() => child.kill('SIGKILL'), drainLimitMs);
      await ended;
      clearTimeout(tooLong);
    };
    return { version, port, ended, drain };
  } catch (error) {
    child.kill('SIGKILL');
    throw new Error(`release ${version} did not start`, { cause: error });
  }
};
