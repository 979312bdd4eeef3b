import { z } from 'zod';
import { DeliveryBody } from './bodies.js';
import type { Api, Context } from './parts.js';
import { problems } from './problem.js';
import { seenPage } from './seenPage.js';
import { onlySeen, seerOf } from './visibility.js';
import { fromStore } from './reading.js';

/** Messages that should long have come further: what the watchdog asks for, and whoever wonders at night. */
export const stuckRoutes = (app: Api, context: Context): void => {
  app.get(
    '/api/v1/deliveries/stuck',
    {
      schema: {
        operationId: 'listStuckDeliveries',
        summary: 'Messages of open crises that are not on their way yet, or may have been lost while nobody answers',
        tags: ['crises'],
        querystring: z.object({
          olderThanMs: z.coerce.number().int().min(0).default(120_000),
          limit: z.coerce.number().int().min(1).max(500).default(50),
        }),
        response: {
          200: z.object({ stuck: z.array(z.object({ crisisId: z.string(), delivery: DeliveryBody })) }),
          ...problems(422, 500, 503),
        },
      },
    },
    async (request) => {
      const { olderThanMs, limit } = request.query;
      const before = new Date(context.now() - olderThanMs);
      const stuck = await seenPage(
        limit,
        (most) => fromStore(context, (store) => store.stuckDeliveries(before, most)),
        (rows) => onlySeen(context, rows, seerOf(request)),
      );
      return { stuck };
    },
  );
};
