import { execa } from 'execa';
import { until } from '../../tests/support/until.js';
import { bareQueue } from '../bare/queue.js';
import { outageOf } from '../ground/api.js';
import type { Ground } from '../ground/ground.js';
import type { Measure } from '../measure.js';

/** What a process holds in memory, in MiB. */
const residentMiB = async (pid: number): Promise<number> => {
  const { stdout } = await execa('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(stdout) / 1_024;
};

const atOnce = 8;

const inParallel = async (count: number, work: (i: number) => Promise<unknown>): Promise<void> => {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
};

/** The worker may give back what it does not need, or not: its largest size within ten seconds counts. */
const largest = async (pid: number): Promise<number[]> => {
  const sizes: number[] = [];
  for (let i = 0; i < 10; i++) {
    sizes.push(await residentMiB(pid));
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return sizes;
};

const quiet = ({ sink }: Ground, pages: number) =>
  until('a page of every crisis', () => sink.pages().length >= pages, 120_000 + pages * 300);

/** A fresh worker with many crises open in which nothing happens: what it holds. */
export const measureMemory: Measure = {
  name: 'memory',
  run: async ({ ground: lay, sizes: { idle } }) => {
    const ground = await lay();
    await ground.restartWorker();
    const empty = await residentMiB(ground.workerPid());
    await inParallel(idle, (i) => ground.api.alert(outageOf(`idle-${i}`)));
    await quiet(ground, idle);
    const samples = await largest(ground.workerPid());
    await ground.sweep();
    await inParallel(idle, (i) =>
      ground.client.workflow.start('idle', { taskQueue: bareQueue, workflowId: `bare-idle-${Date.now()}-${i}` }),
    );
    const bare = await residentMiB(ground.bare.pid);
    await ground.sweep();
    return [
      {
        name: `worker with ${idle.toLocaleString('en-GB')} idle crises`,
        unit: 'MiB RSS',
        samples,
        baseline: bare,
        goal: { says: '≤ 512', holds: ({ max }) => max <= 512 },
        note: `${Math.round(empty)} MiB before the first; bare is a bare worker with as many idle workflows`,
      },
    ];
  },
};
