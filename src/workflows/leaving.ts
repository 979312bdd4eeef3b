import { defineSignal, ParentClosePolicy, startChild, workflowInfo } from '@temporalio/workflow';
import type { Crisis } from '../domain/crisis.js';
import type { Tally } from '../domain/event.js';
import type { Plan } from '../domain/plan.js';
import type { NumberedEvent } from '../store/store.js';
import { raising } from './acts.js';
import type { postmortem } from './postmortem.js';

export type PostmortemInput = {
  workflowId: string;
  runId: string;
  crisis: Crisis;
  plan: Plan;
  /** Events that no projection has taken yet. */
  unflushed: readonly NumberedEvent[];
  /** Alerts that came when the crisis was already closed: they open the next one. */
  tooLate: readonly Tally[];
};

/** Alerts that came while the crisis was leaving. */
export const lateSignal = defineSignal<[readonly Tally[]]>('late');

/**
 * The crisis is over for people; what must still be kept may wait for a database. Another workflow sees to that, so that the
 * cause is free for the next crisis at once.
 */
export const leaveToPostmortem = async (
  left: Omit<PostmortemInput, 'workflowId' | 'runId' | 'tooLate'>,
  tooLate: Tally[],
): Promise<void> => {
  const { workflowId, runId } = workflowInfo();
  const child = await startChild<typeof postmortem>('postmortem', {
    workflowId: `postmortem:${left.crisis.crisisId}`,
    args: [{ workflowId, runId, tooLate: tooLate.splice(0), ...left }],
    parentClosePolicy: ParentClosePolicy.ABANDON,
  });
  while (tooLate.length > 0) {
    const tallies = tooLate.splice(0);
    await child.signal(lateSignal, tallies).catch(() => raising.raise(tallies.map(({ alert }) => alert)));
  }
};
