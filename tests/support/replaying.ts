import type { Client } from '@temporalio/client';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { bundleOnce } from './bundle.js';

/** Every run of a server takes its decisions again, or this throws. Answers how many there were of each workflow. */
export const replayAll = async (client: Client): Promise<Record<string, number>> => {
  Runtime.install({ logger: new DefaultLogger('ERROR', () => undefined) });
  const workflowBundle = await bundleOnce();
  const replayed: Record<string, number> = {};
  for await (const { workflowId, runId, type } of client.workflow.list()) {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    await Worker.runReplayHistory({ workflowBundle }, history, workflowId);
    replayed[type] = (replayed[type] ?? 0) + 1;
  }
  return replayed;
};
