import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Settings } from '../../src/domain/settings.js';
import { until } from './until.js';

/** All that a worker process is told, in a file. */
export type WorkerOrders = {
  address: string;
  databaseUrl: string;
  dataDir: string;
  signingKey: string;
  /** The file of the workflows' bundle. */
  bundle: string;
  settings: Settings;
};

/** Workers as processes of their own: who is killed is started again, as a supervisor does it. */
export const startFleet = async (orders: WorkerOrders, count: number, random: () => number) => {
  const file = join(orders.dataDir, 'workers.json');
  await writeFile(file, JSON.stringify(orders));
  let kills = 0;
  let stopping = false;

  const spawn = () => {
    const child = execa('node', ['--import', 'tsx', 'tests/support/workerProcess.ts', file], {
      reject: false,
      stdin: 'ignore',
      stderr: 'inherit',
    });
    const worker = { child, polls: false };
    child.stdout.once('data', () => (worker.polls = true));
    void child.then(() => {
      const place = fleet.indexOf(worker);
      if (!stopping && place >= 0) fleet[place] = spawn();
    });
    return worker;
  };
  const fleet = Array.from({ length: count }, spawn);
  const polling = () => fleet.filter(({ polls }) => polls);

  return {
    kills: () => kills,
    allPoll: () => until('every worker to poll', () => polling().length === count, 120_000),
    /** Kill -9 of one that is at work, whoever it is, as soon as there is one. */
    async killOne() {
      const workers = await until('a worker that polls', () => (polling().length > 0 ? polling() : undefined), 120_000);
      const victim = workers[Math.floor(random() * workers.length)];
      victim?.child.kill('SIGKILL');
      await victim?.child;
      kills++;
    },
    async stop() {
      stopping = true;
      for (const { child } of fleet) child.kill('SIGKILL');
      await Promise.all(fleet.map(({ child }) => child));
    },
  };
};

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export const randomFrom = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};
