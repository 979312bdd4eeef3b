import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { bundleOnce } from './bundle.js';

type History = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>;

/** Where histories are kept that did not go well. */
const folder = join('.firebreak', 'replays');

const keep = async (name: string, history: History): Promise<string> => {
  const file = join(folder, `${name.replaceAll(':', '-')}.json`);
  await mkdir(folder, { recursive: true });
  await writeFile(file, historyToJSON(history));
  return file;
};

/** Keeps the history of a workflow for whoever wants to know what became of it. */
export const keepHistory = async (client: Client, workflowId: string): Promise<string> =>
  keep(workflowId, await client.workflow.getHandle(workflowId).fetchHistory());

/** Every run of a server, or each that a query finds, takes its decisions again. Answers how many do of each workflow, and what is wrong with the others. */
export const replayAll = async (
  client: Client,
  query = '',
): Promise<{ same: Record<string, number>; others: string[] }> => {
  const workflowBundle = await bundleOnce();
  const same: Record<string, number> = {};
  const others: string[] = [];
  for await (const { workflowId, runId, type } of client.workflow.list({ query })) {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    try {
      await Worker.runReplayHistory({ workflowBundle }, history, workflowId);
      same[type] = (same[type] ?? 0) + 1;
    } catch (error) {
      const file = await keep(`${workflowId}-${runId}`, history);
      others.push(`${workflowId}, kept as ${file}: ${String(error)}`);
    }
  }
  return { same, others };
};
