import { ActivityCancellationType, proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../../../src/activities/activities.js';
import type { ActionResult } from '../../../src/domain/action.js';
import type { RunEffect } from '../../../src/domain/effect.js';

const { runAction } = proxyActivities<Pick<Activities, 'runAction'>>({
  startToCloseTimeout: '1m',
  heartbeatTimeout: '3s',
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: { maximumAttempts: 3, initialInterval: '100ms' },
});

/** Nothing but one action, to see it on a real server. */
export const runOnce = (effect: RunEffect): Promise<ActionResult> => runAction(effect);
