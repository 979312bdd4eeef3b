import { WorkflowContinuedAsNewError, WorkflowFailedError, type Client } from '@temporalio/client';
import type { Tally } from '../domain/event.js';
import type { CrisisResult } from '../workflows/messages.js';

/** Below the time that an attempt of the activity is given. */
const waitMs = 25_000;

/** Waits for the end of a run of a crisis, and answers with the alerts that came too late for it. Throws when it has not ended in time. */
export const createReadTooLate =
  (client: Client) =>
  async ({ workflowId, runId }: { workflowId: string; runId: string }): Promise<readonly Tally[]> => {
    const run = client.workflow.getHandle<() => Promise<CrisisResult>>(workflowId, runId, { followRuns: false });
    try {
      return (await client.withDeadline(Date.now() + waitMs, () => run.result())).tooLate;
    } catch (error) {
      // Ended from outside, or gone on as something else that takes its alerts: nothing was left behind.
      if (error instanceof WorkflowFailedError || error instanceof WorkflowContinuedAsNewError) return [];
      throw error;
    }
  };
