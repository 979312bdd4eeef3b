import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startOptions } from '../../src/client/starting.js';
import { taskQueue } from '../../src/workers/worker.js';
import { parcelsSignal } from '../../src/workflows/shards.js';
import { alertOf } from '../support/plan.js';
import { replayAll } from '../support/replaying.js';
import { settingsFor } from '../support/settings.js';
import { startStand, type Stand } from '../support/stand.js';
import { until } from '../support/until.js';

let stand: Stand;
beforeAll(async () => {
  stand = await startStand(settingsFor);
}, 120_000);
afterAll(() => stand.stop(), 60_000);

/** Alerts of one cause. Forty are nearly as much as one message carries. */
const tallies = (count: number, nth: number) =>
  Array.from({ length: count }, (_, i) => {
    const receivedAt = Date.now();
    const id = `alert-${nth}-${i}`;
    const alert = alertOf({ id, receivedAt, dedupKey: id, details: 'x'.repeat(8_000) });
    return { alert, count: 1, lastAt: receivedAt };
  });

const send = (workflowId: string, key: string, nth: number, count: number) =>
  stand.client.workflow.signalWithStart('intakeShard', {
    ...startOptions,
    taskQueue,
    workflowId,
    args: [[]],
    signal: parcelsSignal,
    signalArgs: [[{ id: `${key}-${nth}`, key, tallies: tallies(count, nth) }]],
  });

const eventsOf = async (workflowId: string, runId: string) =>
  (await stand.client.workflow.getHandle(workflowId, runId).fetchHistory()).events ?? [];

/** temporal.api.enums.v1.WorkflowTaskFailedCause: FORCE_CLOSE_COMMAND. */
const givenUp = 17;

test('a task that is given up while it is held is decided from its begin, and a replay decides the same', async () => {
  // Temporal gives a task up when more than two megabytes come during it. On a slow machine they may come too late.
  let floods = 0;
  const flood = async (): Promise<boolean> => {
    const key = `flood-${++floods}`;
    const workflowId = `intake:${key}`;
    const { signaledRunId } = await send(workflowId, key, 0, 1);
    await until('a task that is held', async () =>
      (await eventsOf(workflowId, signaledRunId)).some((event) => event.workflowTaskStartedEventAttributes),
    );
    await Promise.all(Array.from({ length: 9 }, (_, nth) => send(workflowId, key, nth + 1, 40)));
    const countOf = async () => (await stand.firebreak.view(key)).crisis.alertCount;
    await until('every alert counted', async () => (await countOf()) === 9 * 40 + 1, 30_000);
    const events = await eventsOf(workflowId, signaledRunId);
    return events.some(({ workflowTaskFailedEventAttributes: failed }) => Number(failed?.cause) === givenUp);
  };
  await until('a task that was given up', flood, 90_000);
  expect((await replayAll(stand.client)).others).toEqual([]);
}, 180_000);
