import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../tests/support/until.js';
import { bareQueue } from '../bare/queue.js';
import { summarise } from '../figures.js';
import { clock } from '../ground/clock.js';
import { causesPlaced } from '../ground/open.js';
import type { Ground } from '../ground/ground.js';
import { acceptedOf, rateOf, refusalsOf, send } from '../ground/load.js';
import type { Measure } from '../measure.js';

const limitMs = 120_000;

/** Workflows that the bare server starts in a second, over as many connections’ worth of requests at once. */
const bareStarts = async ({ client }: Ground, count: number, atOnce: number): Promise<number> => {
  const began = clock();
  let next = 0;
  const starter = async (): Promise<void> => {
    while (next < count)
      await client.workflow.start('idle', { taskQueue: bareQueue, workflowId: `bare-start-${began}-${next++}` });
  };
  await Promise.all(Array.from({ length: atOnce }, starter));
  return (count / (clock() - began)) * 1_000;
};

/** A region goes down, every alert a cause of its own: how many a second are taken, and how long until each is in a running crisis. */
export const measureDistinct: Measure = {
  name: 'distinct',
  run: async ({ ground: lay, sizes: { distinct } }) => {
    const ground = await lay();
    const loaded = await send({ url: ground.api.url, connections: distinct.connections, atMost: distinct.alerts });
    const accepted = acceptedOf(loaded);
    let seen = 0;
    const placed = await until(
      'every alert in a crisis',
      async () => {
        // Each look asks every crisis for all it is, an umbrella with all its causes: more often would measure the looking.
        await sleep(1_000);
        return (seen = await causesPlaced(ground.client)) >= accepted && clock();
      },
      limitMs,
    ).catch(() => undefined);
    await ground.sweep();
    const bare = await bareStarts(ground, Math.min(accepted, 300), distinct.connections);
    await ground.sweep();
    const latency = summarise(loaded.latencies);
    const refused = refusalsOf(loaded);
    return [
      {
        name: `distinct causes accepted, ${distinct.connections} connections`,
        unit: 'alerts/s',
        samples: [rateOf(loaded)],
        baseline: bare,
        goal: { says: '≥ 400', holds: ({ p50 }) => p50 >= 400 && refused === '' },
        note: `${distinct.alerts} alerts; answered in ${latency.p50.toFixed(0)} ms at the median, ${latency.p95.toFixed(0)} at p95; all of one region; bare is workflow starts${refused && `; refused: ${refused}`}`,
      },
      {
        name: 'distinct causes → all in a crisis',
        unit: 's',
        samples: [((placed ?? clock()) - loaded.startedAt) / 1_000],
        goal: { says: '≤ 30 for 2,000', holds: ({ max }) => placed !== undefined && max <= 30 },
        note:
          placed === undefined
            ? `${seen} of ${accepted} after ${limitMs / 1000} s`
            : `${accepted} alerts, from the first one sent`,
      },
    ];
  },
};
