import { ParentClosePolicy, startChild, workflowInfo } from '@temporalio/workflow';
import type { Tally } from '../domain/event.js';
import { raising } from './acts.js';
import { lateSignal, type PostmortemInput } from './messages.js';

/**
 * The crisis is over for people; what must still be kept may wait for a database. Another workflow sees to that, so that the
 * cause is free for the next crisis at once.
 */
export const leaveToPostmortem = async (
  left: Omit<PostmortemInput, 'workflowId' | 'runId' | 'tooLate'>,
  tooLate: Tally[],
): Promise<void> => {
  const { workflowId, runId } = workflowInfo();
  const child = await startChild<(input: PostmortemInput) => Promise<void>>('postmortem', {
    workflowId: `postmortem:${left.crisis.crisisId}`,
    args: [{ workflowId, runId, tooLate: tooLate.splice(0), ...left }],
    parentClosePolicy: ParentClosePolicy.ABANDON,
  });
  while (tooLate.length > 0) {
    const tallies = tooLate.splice(0);
    await child.signal(lateSignal, tallies).catch(() => raising.raise(tallies.map(({ alert }) => alert)));
  }
};
