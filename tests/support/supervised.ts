import { writeFile } from 'node:fs/promises';
import { execa } from 'execa';
import { programFile } from './programs.js';
import { until } from './until.js';

export type Supervised = Awaited<ReturnType<typeof supervise>>;

/** With so many processor cycles taken by others, a process of ours may take its time to load. */
const readyWithinMs = 120_000;

/**
 * A program of this folder in a process of its own that is replaced whenever it ends, as a supervisor does it: the next
 * one has loaded its modules already and only waits to be told. It is ready once it has said so on its standard output.
 * What it is told stands in a file, by JSON.
 */
export const supervise = async (program: string, file: string, orders: unknown) => {
  await writeFile(file, JSON.stringify(orders));
  const started = await programFile(program);
  let stopping = false;
  let deaths = 0;

  const load = () => {
    const child = execa('node', [started, file], {
      reject: false,
      stdin: 'pipe',
      stderr: 'inherit',
    });
    // Told to begin after its end, there is nobody to hear it.
    child.stdin.on('error', () => undefined);
    const process = { child, isReady: false };
    child.stdout.once('data', () => (process.isReady = true));
    return process;
  };
  const begin = (process: ReturnType<typeof load>) => {
    process.child.stdin.write('begin\n');
    void process.child.then(() => {
      process.isReady = false;
      if (stopping) return;
      deaths++;
      current = begin(spare);
      spare = load();
    });
    return process;
  };
  let current = begin(load());
  let spare = load();

  return {
    isReady: () => current.isReady,
    ready: () => until(`${program} to be ready`, () => current.isReady, readyWithinMs),
    /** How often it has ended without having been stopped. */
    deaths: () => deaths,
    pid: () => current.child.pid ?? 0,
    /** Ends this process at once; the next one begins. */
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
    /** After `stop`, the spare one takes its place. */
    start(): void {
      stopping = false;
      current = begin(spare);
      spare = load();
    },
    async end(): Promise<void> {
      stopping = true;
      for (const { child } of [current, spare]) {
        child.kill('SIGKILL');
        await child;
      }
    },
  };
};
