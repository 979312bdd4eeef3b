import type { Connection } from '@temporalio/client';
import { spoken } from '../../../src/domain/duration.js';
import type { Check, Fault } from '../fault.js';
import { millisecondsOf } from './moment.js';

type Needs = {
  connection: Connection;
  namespace: string;
  taskQueue: string;
  silentMs: () => number;
  now: () => number;
};

// temporal.api.enums.v1: WorkerStatus RUNNING; TaskQueueType WORKFLOW and ACTIVITY.
const running = 1;
const kinds = [
  ['workflows', 1],
  ['activities', 2],
] as const;

/** An idle worker asks anew once a minute, which is when the server notes that it is there. */
const idlePollMs = 65_000;

/** How many workers of the queue have been heard of lately; undefined where the server does not keep their heartbeats. */
const beating = async ({ connection, namespace, taskQueue, silentMs, now }: Needs): Promise<number | undefined> => {
  const { workersInfo } = await connection.workflowService.listWorkers({
    namespace,
    query: `TaskQueue = "${taskQueue}"`,
  });
  if (workersInfo.length === 0) return undefined;
  return workersInfo.filter(({ workerHeartbeat }) => {
    const at = millisecondsOf(workerHeartbeat?.heartbeatTime);
    return Number(workerHeartbeat?.status) === running && at !== undefined && now() - at <= silentMs();
  }).length;
};

/** The kinds of work that nobody asks for, by when pollers were last seen. */
const unpolled = async ({ connection, namespace, taskQueue, now }: Needs): Promise<readonly string[]> => {
  const polled = await Promise.all(
    kinds.map(async ([kind, taskQueueType]) => {
      const { pollers } = await connection.workflowService.describeTaskQueue({
        namespace,
        taskQueue: { name: taskQueue },
        // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- its enum is in no package that we depend on
        taskQueueType,
      });
      const someone = pollers.some(({ lastAccessTime }) => {
        const at = millisecondsOf(lastAccessTime);
        return at !== undefined && now() - at <= idlePollMs;
      });
      return someone ? [] : [kind];
    }),
  );
  return polled.flat();
};

const noWorker = (taskQueue: string, why: string): Fault => ({
  id: 'workers/none',
  what: `no worker polls the task queue "${taskQueue}" (${why}): alerts are kept, but nobody is paged`,
  todo: 'start one: npx firebreak worker, or npx firebreak up',
});

/** Whether anybody works: by the workers' own heartbeats, and where the server keeps none by who has polled lately. */
export const workersCheck = (needs: Needs): Check => ({
  name: 'workers',
  async look() {
    const alive = await beating(needs).catch(() => undefined);
    if (alive !== undefined)
      return alive > 0
        ? []
        : [noWorker(needs.taskQueue, `none has been heard of for ${spoken(needs.silentMs())}, or all have stopped`)];
    const kindsUnpolled = await unpolled(needs);
    return kindsUnpolled.length === 0
      ? []
      : [noWorker(needs.taskQueue, `nobody asks for ${kindsUnpolled.join(' or ')}`)];
  },
});
