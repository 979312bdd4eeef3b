import { z } from 'zod';
import { NoSuchCrisis } from '../client/firebreak.js';
import { CrisisParams } from './bodies.js';
import type { Api, Context } from './parts.js';
import { problems } from './problem.js';
import { liveOrStored } from './reading.js';

const HistoryBody = z.object({
  workflowId: z.string(),
  history: z.unknown().describe('as `temporal workflow show --output json` writes it'),
  stored: z.boolean(),
});

/** The record from which every decision of a crisis can be taken again: from Temporal, or out of the archive. */
export const historyRoutes = (app: Api, context: Context): void => {
  app.get(
    '/api/v1/crises/:id/history',
    {
      schema: {
        operationId: 'getHistory',
        summary: 'The history of the crisis in Temporal, for a replay',
        tags: ['crises'],
        params: CrisisParams,
        response: { 200: HistoryBody, ...problems(404, 422, 500, 503) },
      },
    },
    async ({ params: { id } }) =>
      liveOrStored(
        context,
        async () => {
          if (!context.history) throw new NoSuchCrisis(`no history of "${id}" can be read here`);
          return { ...(await context.history(id)), stored: false };
        },
        async (store) => {
          const crisisId = (await store.crisis(id))?.crisis.crisisId ?? id;
          const archive = await store.archived(crisisId);
          return archive && { workflowId: archive.workflowId, history: archive.history, stored: true };
        },
      ),
  );
};
