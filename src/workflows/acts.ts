import {
  ActivityCancellationType,
  proxyActivities,
  proxyLocalActivities,
  type ActivityOptions,
} from '@temporalio/workflow';
import type { Activities } from '../activities/activities.js';

/**
 * How each kind of effect is tried. What has been begun is waited for when it is called off, so that the ledger says
 * what became of it. A page is short, so that a killed worker costs seconds.
 */
const waits = { cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED } satisfies ActivityOptions;

const brief = { initialInterval: '200ms', maximumInterval: '2s' } as const;

export const paging = (summary: string) =>
  proxyActivities<Pick<Activities, 'page'>>({
    ...waits,
    summary,
    startToCloseTimeout: '10s',
    // Every second it says that it lives; where the second one is missed, another worker takes it up (docs/decisions/0004-timeouts.md).
    heartbeatTimeout: '2500ms',
    retry: { ...brief, maximumAttempts: 3 },
  });

export const telling = (summary: string) =>
  proxyActivities<Pick<Activities, 'tell' | 'tellAll'>>({
    ...waits,
    summary,
    startToCloseTimeout: '20s',
    heartbeatTimeout: '5s',
    retry: { ...brief, maximumAttempts: 3 },
  });

/** The action's own timeout, and a little for the way; a worker that dies is noticed by its heartbeat. */
export const running = (summary: string, timeoutMs: number) =>
  proxyActivities<Pick<Activities, 'runAction'>>({
    ...waits,
    summary,
    startToCloseTimeout: timeoutMs + 15_000,
    heartbeatTimeout: '5s',
    retry: { ...brief, maximumAttempts: 3 },
  });

/**
 * Who is on call is known in the worker's memory, so it is asked within the workflow task, and the page goes out a round
 * trip sooner. When nobody answers in time, the plan's snapshot has to do.
 */
export const lookingUp = proxyLocalActivities<Pick<Activities, 'lookUp'>>({
  scheduleToCloseTimeout: '4s',
  startToCloseTimeout: '2s',
  retry: { ...brief, maximumAttempts: 2 },
});

/** Whose command it is, asked within the workflow task; when nobody answers in time, nobody knows. */
export const verifying = proxyLocalActivities<Pick<Activities, 'verify'>>({
  scheduleToCloseTimeout: '4s',
  startToCloseTimeout: '2s',
  retry: { ...brief, maximumAttempts: 2 },
});

/** Projections wait for the database as long as it takes; nothing waits for them. */
export const keeping = proxyActivities<Pick<Activities, 'project' | 'archive' | 'keepAlerts'>>({
  startToCloseTimeout: '15s',
  retry: { initialInterval: '500ms', maximumInterval: '10s' },
});

export const raising = proxyActivities<Pick<Activities, 'raise'>>({
  startToCloseTimeout: '10s',
  retry: { initialInterval: '200ms', maximumInterval: '5s' },
});

export const placing = proxyActivities<Pick<Activities, 'placeParcels'>>({
  startToCloseTimeout: '60s',
  heartbeatTimeout: '5s',
  retry: { initialInterval: '200ms', maximumInterval: '5s' },
});

/** Keeps a workflow task open: what arrives meanwhile is durable at once, and comes in with the next task, all together. */
export const holding = proxyLocalActivities<Pick<Activities, 'hold'>>({ startToCloseTimeout: '2s' });

/** A crisis ends within milliseconds of having left its papers; tried again for as long as it takes. */
export const leftBehind = proxyActivities<Pick<Activities, 'tooLate'>>({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '100ms', maximumInterval: '2s' },
});

/** Makes a crisis of a cause. */
export const opening = proxyActivities<Pick<Activities, 'openCause'>>({
  startToCloseTimeout: '15s',
  retry: { ...brief, maximumAttempts: 10 },
});

/** Runs until the health of a service changes; ten years is for ever. */
export const watching = (timeoutMs: number) =>
  proxyActivities<Pick<Activities, 'watchHealth'>>({
    ...waits,
    startToCloseTimeout: '3650 days',
    heartbeatTimeout: timeoutMs + 10_000,
    retry: { initialInterval: '200ms', maximumInterval: '2s' },
  });
