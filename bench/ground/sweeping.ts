import { WorkflowNotFoundError, type Client } from '@temporalio/client';

const query = 'ExecutionStatus = "Running" AND WorkflowType != "probe"';
const atOnce = 16;

/** Terminates all that runs, until the list, which lags, is empty. */
export const sweep = async (client: Client): Promise<void> => {
  for (;;) {
    const left: string[] = [];
    for await (const { workflowId } of client.workflow.list({ query })) left.push(workflowId);
    if (left.length === 0) return;
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
