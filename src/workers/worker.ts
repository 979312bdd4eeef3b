import type { DataConverter } from '@temporalio/common';
import { NativeConnection, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import type { DrillHost } from '../activities/drillHost.js';
import { createActivities, type ActivityNeeds } from './activities.js';
import { createDrillActivities } from './drillActivities.js';
import { runWorkflowsLean } from './leanThreads.js';
import { keepHeapsSmall } from './smallHeaps.js';
import { createTaskSlots } from './taskSlots.js';

/** The one task queue of live crises. */
export const taskQueue = 'firebreak';

type Needs = ActivityNeeds & {
  connection: NativeConnection;
  namespace: string;
  workflowBundle: WorkflowBundleOption;
  identity?: string;
  /** By what payloads are converted; absent, nothing is encrypted. */
  dataConverter?: DataConverter;
  /** How the worker of a drill is run; without it this worker conducts none. */
  drillHost?: DrillHost;
};

const slots = (numSlots: number) => ({ type: 'fixed-size', numSlots }) as const;

/**
 * The worker: workflows, and activities over the world. `stickyQueueScheduleToStartTimeout` and the workflow task timeout of
 * client/starting.ts together make a killed worker cost a second instead of twenty (docs/decisions/0004-timeouts.md).
 */
export const createWorker = ({
  connection,
  namespace,
  workflowBundle,
  identity,
  dataConverter,
  drillHost,
  ...needs
}: Needs): Promise<Worker> => {
  runWorkflowsLean();
  keepHeapsSmall();
  return Worker.create({
    connection,
    namespace,
    taskQueue,
    workflowBundle,
    activities: { ...createActivities(needs), ...createDrillActivities({ ...needs, host: drillHost }) },
    ...(identity !== undefined && { identity }),
    ...(dataConverter && { dataConverter }),
    stickyQueueScheduleToStartTimeout: '1s',
    maxCachedWorkflows: 500,
    // Of local activities as many as the SDK takes by itself; Nexus is not used.
    tuner: {
      workflowTaskSlotSupplier: createTaskSlots(),
      activityTaskSlotSupplier: slots(200),
      localActivityTaskSlotSupplier: slots(100),
      nexusTaskSlotSupplier: slots(1),
    },
    maxHeartbeatThrottleInterval: '1s',
    // A stopping worker lets what it has begun end, and is gone within ten seconds.
    shutdownGraceTime: '6s',
    shutdownForceTime: '9s',
  });
};
