import type { Client } from '@temporalio/client';
import { crisisQuery } from '../../src/workflows/messages.js';

const umbrellas = 'crisis:umbrella:';
const query = 'ExecutionStatus = "Running" AND CrisisId IS NOT NULL';
const alone = `${query} AND NOT WorkflowId STARTS_WITH "${umbrellas}"`;

/** How many causes, of one alert each, are in a running crisis: an own one each, or together under an umbrella. */
export const causesPlaced = async (client: Client): Promise<number> => {
  let { count } = await client.workflow.count(alone);
  for await (const { workflowId } of client.workflow.list({
    query: `${query} AND WorkflowId STARTS_WITH "${umbrellas}"`,
  })) {
    const { crisis } = await client.workflow.getHandle(workflowId).query(crisisQuery);
    // One that began alone and was merged into it has its alert counted there, and its cause here.
    count += Object.keys(crisis.causes ?? {}).length;
  }
  return count;
};
