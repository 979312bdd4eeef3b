import { Worker } from '@temporalio/worker';
import { bundleWorkflows } from '../../src/workers/bundle.js';
import { replayLean } from '../../src/workers/leanThreads.js';
import { bareQueue } from '../bare/queue.js';
import { clock } from '../ground/clock.js';
import type { Ground } from '../ground/ground.js';
import type { Bench, Measure } from '../measure.js';
import { wholeOutage, type History } from './outage.js';

const record = async (ground: Ground, { outages }: Bench['sizes']): Promise<History[]> => {
  const api = await ground.startHastyApi();
  try {
    const histories: History[] = [];
    for (let i = 0; i < outages; i++) histories.push(await wholeOutage(api, ground.client));
    return histories;
  } finally {
    await api.stop();
  }
};

const bareHistory = async ({ client }: Ground): Promise<History> => {
  const handle = await client.workflow.start('once', { taskQueue: bareQueue, workflowId: `bare-history-${clock()}` });
  await handle.result();
  return handle.fetchHistory();
};

/** How many histories a second are replayed: the same few, again and again, in one worker as `firebreak replay` would. */
const replayRate = async (
  histories: readonly History[],
  count: number,
  options: Parameters<typeof Worker.runReplayHistories>[0],
): Promise<number> => {
  const many = function* () {
    for (let i = 0; i < count; i++) {
      const history = histories[i % histories.length];
      if (history) yield { workflowId: `replayed-${i}`, history };
    }
  };
  let began = 0;
  let replayed = 0;
  for await (const { error } of Worker.runReplayHistories(options, many())) {
    if (error) throw error;
    // The first one pays for the start of the machinery.
    if (replayed++ === 0) began = clock();
  }
  return ((replayed - 1) / (clock() - began)) * 1_000;
};

const runs = 3;

/** A whole outage on the real server: how long its history is, and how fast such histories replay. */
export const measureHistory: Measure = {
  name: 'history',
  run: async ({ ground: lay, sizes }) => {
    const ground = await lay();
    const histories = await record(ground, sizes);
    const bare = await bareHistory(ground);
    const lengths = histories.map(({ events }) => events?.length ?? 0);
    const bytes = histories.map((history) => JSON.stringify(history).length);
    const options = { workflowBundle: await bundleWorkflows('.firebreak/bundles'), maxCachedWorkflows: 100 };
    const bareOptions = { workflowsPath: new URL('../bare/workflows.ts', import.meta.url).pathname };
    const bareRate = await replayRate([bare], sizes.replayed, bareOptions);
    replayLean();
    const rates: number[] = [];
    for (let i = 0; i < runs; i++) rates.push(await replayRate(histories, sizes.replayed, options));
    return [
      {
        name: 'history of a whole P0 outage',
        unit: 'events',
        samples: lengths,
        baseline: bare.events?.length,
        goal: { says: '≤ 400', holds: ({ max }) => max <= 400 },
        note: `an hour long, every minute hastened; about ${Math.round(Math.max(...bytes) / 1024).toLocaleString('en-GB')} KiB as JSON; bare is one activity`,
      },
      {
        name: 'replay of such histories',
        unit: 'histories/s',
        samples: rates,
        baseline: bareRate,
        goal: { says: '≥ 100', holds: ({ p50 }) => p50 >= 100 },
        note: `${sizes.replayed} a run, ${runs} runs`,
      },
    ];
  },
};
