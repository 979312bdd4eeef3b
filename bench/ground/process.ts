import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A TypeScript file in a process of its own, spoken with over Node's channel. It dies with us: its channel closes. */
export type Forked = {
  pid: number;
  /** Sends, and waits for the next message back. */
  ask: (message: object) => Promise<unknown>;
  on: (hear: (message: unknown) => void) => void;
  stop: () => Promise<void>;
};

const next = (child: ChildProcess): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const ended = (code: number | null): void => reject(new Error(`process ${child.pid ?? '?'} ended with ${code}`));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message);
    });
  });

/** Starts a file of this folder's parent and waits for its first message, which it also answers. */
export const forked = async (file: string): Promise<Forked & { hello: unknown }> => {
  const child = fork(fileURLToPath(new URL(`../${file}`, import.meta.url)), [], {
    execArgv: ['--import', 'tsx'],
    // Our own standard output is for the figures alone.
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  const hello = await next(child);
  return {
    hello,
    pid: child.pid ?? 0,
    ask: (message) => {
      const answer = next(child);
      child.send(message);
      return answer;
    },
    on: (hear) => void child.on('message', hear),
    stop: async () => {
      if (child.exitCode !== null) return;
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
};
