import { setHandler } from '@temporalio/workflow';
import type { Tally } from '../domain/event.js';
import { keeping, raising } from './acts.js';
import { lateSignal, type PostmortemInput } from './messages.js';

/** Keeps a crisis that has closed: the last events, the exported history, the draft of the post-mortem; each once. */
export async function postmortem({
  workflowId,
  runId,
  crisis,
  plan,
  unflushed,
  tooLate,
}: PostmortemInput): Promise<void> {
  const late: Tally[] = [...tooLate];
  setHandler(lateSignal, (tallies) => void late.push(...tallies));
  // What came too late for this crisis may be the next one: people first, papers after.
  const raiseLate = async (): Promise<void> => {
    while (late.length > 0) await raising.raise(late.splice(0).map(({ alert }) => alert));
  };
  await raiseLate();
  await keeping.project({ workflowId, runId, crisis, events: unflushed });
  await keeping.archive({ workflowId, runId, crisis, plan, events: unflushed });
  await raiseLate();
}
