import { ParentClosePolicy, startChild, workflowInfo } from '@temporalio/workflow';
import { workflowIdBeside } from '../domain/crisisId.js';
import type { PostmortemInput } from './messages.js';

/**
 * The crisis is over for people; what must still be kept may wait for a database. Another workflow sees to that, so that the
 * cause is free for the next crisis at once.
 */
export const leaveToPostmortem = async (left: Omit<PostmortemInput, 'workflowId' | 'runId'>): Promise<void> => {
  const { workflowId, runId } = workflowInfo();
  await startChild<(input: PostmortemInput) => Promise<void>>('postmortem', {
    workflowId: workflowIdBeside('postmortem', left.crisis.crisisId),
    args: [{ workflowId, runId, ...left }],
    parentClosePolicy: ParentClosePolicy.ABANDON,
  });
};
