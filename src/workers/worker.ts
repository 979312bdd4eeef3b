import { NativeConnection, Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { createActivities, type ActivityNeeds } from './activities.js';

/** The one task queue of live crises. */
export const taskQueue = 'firebreak';

type Needs = ActivityNeeds & {
  connection: NativeConnection;
  namespace: string;
  workflowBundle: WorkflowBundleWithSourceMap;
  identity?: string;
};

/**
 * The worker: workflows, and activities over the world. `stickyQueueScheduleToStartTimeout` and the workflow task timeout of
 * client/starting.ts together make a killed worker cost a second instead of twenty (docs/decisions/0004-timeouts.md).
 */
export const createWorker = ({ connection, namespace, workflowBundle, identity, ...needs }: Needs): Promise<Worker> =>
  Worker.create({
    connection,
    namespace,
    taskQueue,
    workflowBundle,
    activities: createActivities(needs),
    ...(identity !== undefined && { identity }),
    stickyQueueScheduleToStartTimeout: '1s',
    maxCachedWorkflows: 500,
    maxConcurrentActivityTaskExecutions: 200,
    maxHeartbeatThrottleInterval: '1s',
    // A stopping worker lets what it has begun end, and is gone within ten seconds.
    shutdownGraceTime: '6s',
    shutdownForceTime: '9s',
  });
