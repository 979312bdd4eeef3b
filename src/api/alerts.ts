import { z } from 'zod';
import { Alert } from '../domain/alert.js';
import { AlertmanagerBody } from '../intake/alertmanager.js';
import { builtInSources, parserOf } from '../intake/format.js';
import { GenericBody } from '../intake/generic.js';
import { EnqueueBody } from '../intake/pagerduty.js';
import { AcceptedBody, acceptedBody, takeFrom } from './accept.js';
import { documentedAnswer, documentedBody } from './documentedBody.js';
import { IdempotencyHeaders } from './idempotency.js';
import type { Api, Context } from './parts.js';
import { Problem, problems } from './problem.js';
import { fromStore } from './reading.js';
import { seenPage } from './seenPage.js';
import { onlySeen, seerOf } from './visibility.js';

const AlertRow = z.object({
  id: z.string(),
  alert: Alert.loose(),
  count: z.number().int(),
  lastAt: z.number(),
  crisisId: z.string().optional(),
  classification: z.looseObject({ severity: z.string(), type: z.string(), rule: z.string(), why: z.string() }),
});

const SilencedRow = z.object({
  name: z.string().meta({ description: 'silence or maintenance, and its name' }),
  by: z.string().optional(),
  reason: z.string().optional(),
  until: z.number().optional(),
  ended: z.boolean(),
  alerts: z.number().meta({ description: 'how many it hid, each repetition counted' }),
  firstAt: z.number(),
  lastAt: z.number(),
});

const AcceptedAlerts = z.object({
  alerts: z.array(AcceptedBody),
  acknowledged: z.array(z.string()).meta({ description: 'crises that the sender’s acknowledgement reached' }),
  dedupKey: z.string().optional(),
});

/** Alerts come in by source, and every one that ever came can be read again. */
export const alertRoutes = (app: Api, context: Context): void => {
  app.post(
    '/api/v1/alerts/:source',
    {
      config: { needs: 'alerts:write' },
      schema: {
        operationId: 'acceptAlerts',
        summary: 'Take alerts from a source; answered only after they are durable',
        tags: ['alerts'],
        params: z.object({
          source: z.string().meta({ description: `${builtInSources.join(', ')}, or a configured source` }),
        }),
        headers: IdempotencyHeaders,
        body: documentedBody(z.union([AlertmanagerBody, EnqueueBody, GenericBody, z.looseObject({})])),
        response: {
          202: documentedAnswer(AcceptedAlerts),
          ...problems(400, 401, 404, 409, 413, 415, 422, 500, 503),
        },
      },
    },
    async (request, reply) => {
      const { source } = request.params;
      const configured = Object.keys(context.settings().sources);
      if (!builtInSources.includes(source) && !configured.includes(source))
        throw new Problem(
          'not-found',
          `no such source; known are ${[...new Set([...builtInSources, ...configured])].join(', ')}`,
        );
      const taken = await takeFrom(context, request, { name: source, parse: parserOf(source) });
      return reply.code(202).send({
        alerts: taken.accepted.map(acceptedBody),
        acknowledged: taken.acknowledged,
        ...(taken.dedupKey !== undefined && { dedupKey: taken.dedupKey }),
      });
    },
  );

  app.get(
    '/api/v1/alerts',
    {
      schema: {
        operationId: 'listAlerts',
        summary: 'Every alert kept, newest first, also those that opened nothing',
        tags: ['alerts'],
        querystring: z.object({
          crisisId: z.string().max(300).optional(),
          silenced: z
            .enum(['1', 'true'])
            .optional()
            .meta({ description: 'only what a silence or a maintenance window hid, with a word on each of these' }),
          limit: z.coerce.number().int().min(1).max(1000).default(100),
        }),
        response: {
          200: z.object({ alerts: z.array(AlertRow), silences: z.array(SilencedRow).optional() }),
          ...problems(422, 500, 503),
        },
      },
    },
    async (request) => {
      const { crisisId, silenced, limit } = request.query;
      const filter = { ...(crisisId !== undefined && { crisisId }), ...(silenced && { silenced: true }) };
      const alerts = await seenPage(
        limit,
        (most) => fromStore(context, (store) => store.alerts({ ...filter, limit: most })),
        (rows) => onlySeen(context, rows, seerOf(request)),
      );
      if (!silenced) return { alerts };
      const now = context.now();
      const silences = await fromStore(context, (store) => store.silenced());
      return { alerts, silences: silences.map((one) => ({ ...one, ended: (one.until ?? 0) <= now })) };
    },
  );
};
