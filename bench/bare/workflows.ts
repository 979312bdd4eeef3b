import { proxyActivities, sleep } from '@temporalio/workflow';
import type { touch } from './activities.js';

const activities = proxyActivities<{ touch: typeof touch }>({ startToCloseTimeout: '10s' });

/** As little as a workflow can be: one activity, which says when it ran. */
export async function once(): Promise<number> {
  return activities.touch();
}

/** Waits for a moment, then the same. */
export async function at(moment: number): Promise<number> {
  await sleep(Math.max(1, moment - Date.now()));
  return activities.touch();
}

/** Waits for a day and does nothing. */
export async function idle(): Promise<void> {
  await sleep('1 day');
}
