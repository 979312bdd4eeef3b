import { WorkflowNotFoundError, type Client } from '@temporalio/client';

const query = 'ExecutionStatus = "Running" AND WorkflowType != "probe"';
const atOnce = 16;

const limitMs = 60_000;

/** Terminates all that runs, until the list, which lags, is empty; what ends may still have opened something. Throws after a minute. */
export const sweep = async (client: Client): Promise<void> => {
  const giveUpAt = Date.now() + limitMs;
  for (;;) {
    const left: string[] = [];
    for await (const { workflowId } of client.workflow.list({ query })) left.push(workflowId);
    if (left.length === 0) return;
    if (Date.now() > giveUpAt) throw new Error(`${left.length} workflows still run, such as ${left[0] ?? ''}`);
    const queue = left.values();
    const worker = async (): Promise<void> => {
      for (const id of queue)
        await client.workflow
          .getHandle(id)
          .terminate('measured')
          .catch((error: unknown) => {
            if (!(error instanceof WorkflowNotFoundError)) throw error;
          });
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
};
