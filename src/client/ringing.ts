import type { Client } from '@temporalio/client';
import type { PageEffect } from '../domain/effect.js';
import { isRinging } from '../domain/engine/questions.js';
import { crisisQuery } from '../workflows/messages.js';

/** As long as a page may wait for its crisis to say whether it is still wanted: a second of it its dead worker is waited for. */
const answerWithinMs = 3_000;

/**
 * Asks the crisis itself whether anybody still has to be called for this. The server answers only after what came before
 * has been taken, so an acknowledgement that found no worker counts. Where nobody can say, the telephone rings.
 */
export const createStillRings =
  (client: Client) =>
  async (workflowId: string, { engagement: id }: Pick<PageEffect, 'engagement'>): Promise<boolean> => {
    try {
      const { crisis } = await client.withDeadline(Date.now() + answerWithinMs, () =>
        client.workflow.getHandle(workflowId).query(crisisQuery),
      );
      const engagement = crisis.engagements[id];
      return engagement === undefined || isRinging(crisis, engagement);
    } catch {
      return true;
    }
  };
