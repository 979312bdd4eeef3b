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

const startsOf = async (workflowId: string, runId: string): Promise<number> =>
  (await eventsOf(workflowId, runId)).filter((event) => event.workflowTaskStartedEventAttributes).length;

const countOf = async (key: string): Promise<number> => (await stand.firebreak.view(key)).crisis.alertCount;

/**
 * Temporal gives a task up when more than two megabytes come during it. Answers whether it has done so to one that the shard of
 * this cause held; on a slow machine they may come too late.
 */
const floodHeldTask = async (key: string, isFirst: boolean): Promise<boolean> => {
  const workflowId = `intake:${key}`;
  let [alerts, startedBefore] = [0, 0];
  if (!isFirst) {
    const { signaledRunId } = await send(workflowId, key, alerts++, 1);
    await until('an alert counted', async () => (await countOf(key)) === alerts, 30_000);
    startedBefore = await startsOf(workflowId, signaledRunId);
  }
  const { signaledRunId } = await send(workflowId, key, alerts++, 1);
  await until('a task that is held', async () => (await startsOf(workflowId, signaledRunId)) > startedBefore);

  await Promise.all(Array.from({ length: 9 }, (_, i) => send(workflowId, key, alerts + i, 40)));
  await until('every alert counted', async () => (await countOf(key)) === alerts + 9 * 40, 30_000);
  const events = await eventsOf(workflowId, signaledRunId);
  return events.some(({ workflowTaskFailedEventAttributes: failed }) => Number(failed?.cause) === givenUp);
};

let floods = 0;
test.each([
  ['first task', true],
  ['later task', false],
])(
  'a %s that is given up while it is held is decided from its begin, and a replay decides the same',
  async (_, isFirst) => {
    const isGivenUp = () => floodHeldTask(`flood-${++floods}`, isFirst);
    await until('a task that was given up', isGivenUp, 90_000);
    expect((await replayAll(stand.client)).others).toEqual([]);
  },
  180_000,
);
