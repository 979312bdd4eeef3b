import type { Client } from '@temporalio/client';
import { crisisQuery } from '../../src/workflows/messages.js';

const query = 'ExecutionStatus = "Running" AND CrisisId IS NOT NULL';

/**
 * How many alerts the running crises hold together. One crisis is one until more alerts than crises are looked for; then
 * each is asked, because a crisis of many causes counts for all of them.
 */
export const openAlerts = async (client: Client): Promise<number> => {
  const { count } = await client.workflow.count(query);
  if (count > 50) return count;
  let alerts = 0;
  for await (const { workflowId } of client.workflow.list({ query })) {
    const { crisis } = await client.workflow.getHandle(workflowId).query(crisisQuery);
    alerts += crisis.alertCount;
  }
  return alerts;
};
