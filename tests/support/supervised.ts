import { writeFile } from 'node:fs/promises';
import { execa } from 'execa';
import { until } from './until.js';

export type Supervised = Awaited<ReturnType<typeof supervise>>;

/** With so many processor cycles taken by others, a process of ours may take its time to load. */
const readyWithinMs = 120_000;

/**
 * A program of this folder in a process of its own that is started again whenever it ends, as a supervisor does it. It is
 * ready once it has said so on its standard output. What it is told stands in a file, by JSON.
 */
export const supervise = async (program: string, file: string, orders: unknown) => {
  await writeFile(file, JSON.stringify(orders));
  let stopping = false;
  let deaths = 0;
  let current = start();

  function start() {
    const child = execa('node', ['--import', 'tsx', `tests/support/${program}`, file], {
      reject: false,
      stdin: 'ignore',
      stderr: 'inherit',
    });
    const started = { child, isReady: false };
    child.stdout.once('data', () => (started.isReady = true));
    void child.then(() => {
      started.isReady = false;
      if (stopping) return;
      deaths++;
      current = start();
    });
    return started;
  }

  return {
    isReady: () => current.isReady,
    ready: () => until(`${program} to be ready`, () => current.isReady, readyWithinMs),
    /** How often it has ended without having been stopped. */
    deaths: () => deaths,
    pid: () => current.child.pid ?? 0,
    /** Ends this process at once; the next one is started. */
    async kill(): Promise<void> {
      const { child } = current;
      child.kill('SIGKILL');
      await child;
    },
    async stop(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
      stopping = true;
      const { child } = current;
      child.kill(signal);
      await child;
    },
    start(): void {
      stopping = false;
      current = start();
    },
  };
};
