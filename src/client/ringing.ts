import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { PageEffect } from '../domain/effect.js';
import { ringingUpdate } from '../workflows/messages.js';

/** As long as a page may wait for its crisis to say whether it is still wanted. */
const answerWithinMs = 2_000;

/**
 * Asks the crisis itself whether anybody still has to be called for this. The server answers only after what came before
 * has been taken, so an acknowledgement that found no worker counts. A crisis that is over calls nobody; where nobody can say,
 * the telephone rings.
 */
export const createStillRings =
  (client: Client) =>
  async (workflowId: string, { engagement: id }: Pick<PageEffect, 'engagement'>): Promise<boolean> => {
    try {
      return await client.withDeadline(Date.now() + answerWithinMs, () =>
        client.workflow.getHandle(workflowId).executeUpdate(ringingUpdate, { args: [id] }),
      );
    } catch (error) {
      return !(error instanceof WorkflowNotFoundError);
    }
  };
