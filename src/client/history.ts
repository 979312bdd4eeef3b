import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { Client } from '@temporalio/client';
import { isMissing } from './faults.js';
import { NoSuchCrisis } from './firebreak.js';
import { crisisWorkflowId, parseCrisisId } from './identity.js';

/** The history of a crisis as Temporal exports it, while its server still keeps it: of the run that goes on, or the last one. */
export const createReadHistory =
  (client: Client) =>
  async (idOrKey: string): Promise<{ workflowId: string; history: unknown }> => {
    const { correlationKey, crisisId } = parseCrisisId(idOrKey);
    const workflowId = crisisWorkflowId(correlationKey);
    try {
      const handle = client.workflow.getHandle(workflowId);
      const { typedSearchAttributes } = await handle.describe();
      const found = typedSearchAttributes.getAll().find(({ key }) => key.name === 'CrisisId')?.value;
      if (crisisId !== undefined && found !== crisisId) throw new NoSuchCrisis(`${crisisId} is over`);
      return { workflowId, history: JSON.parse(historyToJSON(await handle.fetchHistory())) as unknown };
    } catch (error) {
      throw isMissing(error) ? new NoSuchCrisis(`there is no crisis "${idOrKey}"`) : error;
    }
  };
