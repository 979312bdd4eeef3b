import { sleep } from '@temporalio/workflow';
import { keeping, leftBehind, placing } from './acts.js';
import type { PostmortemInput } from './messages.js';

/** Keeps a crisis that has closed: the last events, the exported history, the draft of the post-mortem; each once. */
export async function postmortem({ workflowId, runId, crisis, plan, unflushed }: PostmortemInput): Promise<void> {
  // What came too late for this crisis may be the next one: people first, papers after.
  const tallies = await leftBehind.tooLate({ workflowId, runId });
  const late = [{ id: `${crisis.crisisId}/late`, key: crisis.correlationKey, tallies }];
  if (tallies.length > 0) while (isLeft(await placing.placeParcels(late))) await sleep('5s');
  await keeping.project({ workflowId, runId, crisis, events: unflushed });
  await keeping.archive({ workflowId, runId, crisis, plan, events: unflushed });
}

/** The next crisis had no room for it. */
const isLeft = (left: readonly string[] | undefined): boolean => (left?.length ?? 0) > 0;
