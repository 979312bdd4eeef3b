import { isGrpcServiceError, type Client } from '@temporalio/client';
import { isMissing } from '../../../src/client/faults.js';
import type { Check, Fault } from '../fault.js';

type Needs = { client: Client; taskQueue: string; mostAttempts: () => number };

// gRPC's status for a query that the server cannot read: an older one does not know the attribute.
const invalidArgument = 3;
/** Described at once; a look must not be a load. */
const together = 8;
/** Said at most of one look; one broken release may stop every crisis. */
const mostSaid = 20;

type Running = { workflowId: string; type: string };

/**
 * Running workflows that may be in trouble: those the server itself reports (from 1.30 on, after five attempts), and
 * with an older server all of them.
 */
const suspects = async ({ client, taskQueue }: Needs): Promise<Running[]> => {
  const running = `ExecutionStatus = "Running" AND TaskQueue = "${taskQueue}"`;
  const list = async (query: string): Promise<Running[]> => {
    const found: Running[] = [];
    for await (const { workflowId, type } of client.workflow.list({ query })) found.push({ workflowId, type });
    return found;
  };
  try {
    return await list(`${running} AND TemporalReportedProblems IS NOT NULL`);
  } catch (error) {
    if (codeOf(error) !== invalidArgument) throw error;
    return list(running);
  }
};

const codeOf = (error: unknown): number | undefined => {
  if (isGrpcServiceError(error)) return error.code;
  return error instanceof Error && error.cause !== undefined ? codeOf(error.cause) : undefined;
};

/** How often the workflow's present task has been tried; 0 when none is pending, or when it has just ended. */
const attemptsOf = async (client: Client, workflowId: string): Promise<number> => {
  try {
    return (await client.workflow.getHandle(workflowId).describe()).raw.pendingWorkflowTask?.attempt ?? 0;
  } catch (error) {
    if (isMissing(error)) return 0;
    throw error;
  }
};

const faultOf = ({ workflowId, type }: Running, attempts: number): Fault => ({
  id: `workflow tasks/${workflowId}`,
  what: `${workflowId} (${type}) is stuck: its workflow task has failed ${attempts - 1} times, and its clocks stand still`,
  todo: `handle it by hand; npx temporal workflow show --workflow-id ${workflowId} says why, a corrected worker lets it go on`,
});

/** Crises, and our other workflows, that cannot go on because their code fails every time. */
export const workflowTasksCheck = (needs: Needs): Check => ({
  name: 'workflow tasks',
  async look(signal) {
    const faults: Fault[] = [];
    const waiting = await suspects(needs);
    for (let next = waiting.splice(0, together); next.length > 0; next = waiting.splice(0, together)) {
      signal.throwIfAborted();
      const looked = await Promise.all(
        next.map(async (each) => [each, await attemptsOf(needs.client, each.workflowId)] as const),
      );
      for (const [each, attempts] of looked) if (attempts > needs.mostAttempts()) faults.push(faultOf(each, attempts));
      if (faults.length >= mostSaid) break;
    }
    return faults.slice(0, mostSaid);
  },
});
