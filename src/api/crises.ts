import { z } from 'zod';
import { Facts } from '../domain/facts.js';
import { Severity } from '../domain/severity.js';
import { faultsOf } from '../intake/fault.js';
import { filled, line, prose } from '../intake/text.js';
import { AcceptedBody, acceptedBody } from './accept.js';
import { actingAs } from './access.js';
import { CrisisParams, ListedBody, ViewBody } from './bodies.js';
import { documentedBody } from './documentedBody.js';
import { listCrises } from './listing.js';
import type { Api, Context } from './parts.js';
import { invalid, problems } from './problem.js';
import { IdempotencyHeaders, idempotencyKeyOf } from './idempotency.js';
import { liveOrStored } from './reading.js';
import { asSeen, seerOf } from './visibility.js';

const oneLine = (most: number) =>
  z
    .string()
    .max(most)
    .refine((text) => line(text, most) !== '', 'expected some text');

const DeclarationBody = z.strictObject({
  title: oneLine(1024),
  service: oneLine(200).optional(),
  severity: Severity.optional(),
  by: oneLine(200).optional().meta({ description: 'who declares; the holder of the key unless said' }),
  details: z.string().max(8192).optional(),
  facts: Facts.strict().optional(),
});

/** Crises are declared, listed and looked at. */
export const crisisRoutes = (app: Api, context: Context): void => {
  app.get(
    '/api/v1/crises',
    {
      schema: {
        operationId: 'listCrises',
        summary: 'Crises, newest first, running ones even when the database is down',
        tags: ['crises'],
        querystring: z.object({
          open: z.enum(['true', 'false']).optional(),
          severity: Severity.optional(),
          service: z.string().max(200).optional(),
          limit: z.coerce.number().int().min(1).max(500).default(100),
        }),
        response: { 200: z.object({ crises: z.array(ListedBody) }), ...problems(422, 500, 503) },
      },
    },
    async (request) => {
      const { open, severity, service, limit } = request.query;
      const filter = {
        limit,
        ...(open !== undefined && { open: open === 'true' }),
        ...(severity && { severity }),
        ...(service !== undefined && { service }),
      };
      return { crises: await listCrises(context, filter, seerOf(request)) };
    },
  );

  app.post(
    '/api/v1/crises',
    {
      schema: {
        operationId: 'declareCrisis',
        summary: 'Declare a crisis, whatever a rule would say; joins an open one of the same cause',
        tags: ['crises'],
        headers: IdempotencyHeaders,
        body: documentedBody(DeclarationBody),
        response: {
          201: AcceptedBody.extend({ crisisId: z.string() }),
          ...problems(400, 401, 403, 409, 413, 415, 422, 500, 503),
        },
      },
    },
    async (request, reply) => {
      const parsed = DeclarationBody.safeParse(request.body);
      if (!parsed.success) throw invalid(faultsOf(parsed.error.issues, request.body));
      const body = parsed.data;
      const by = actingAs(request, body.by);
      if (typeof by !== 'string') throw invalid([{ pointer: '/by', detail: 'expected who declares it' }]);
      const id = idempotencyKeyOf(request);
      const declared = await context.firebreak.declare({
        ...(id !== undefined && { id }),
        title: line(body.title, 1024),
        by: line(by, 200),
        ...(body.severity && { severity: body.severity }),
        ...(body.facts && { facts: body.facts }),
        ...filled({ service: line(body.service ?? '', 200), details: prose(body.details ?? '', 8192) }),
      });
      context.note?.({
        key: `declare ${declared.alertId}`,
        at: context.now(),
        who: {
          id: by,
          ...(request.actor?.holder.id === by ? { proof: 'api key', key: request.actor.key } : { proof: 'not proven' }),
        },
        what: 'declare',
        on: { crisis: declared.crisisId },
        authority: { kind: 'anybody', of: [] },
        outcome: 'done',
      });
      return reply
        .code(201)
        .header('location', `/api/v1/crises/${encodeURIComponent(declared.crisisId)}`)
        .send({ ...acceptedBody(declared), crisisId: declared.crisisId });
    },
  );

  app.get(
    '/api/v1/crises/:id',
    {
      schema: {
        operationId: 'getCrisis',
        summary: 'A crisis and what happens next; its last projection when it has ended or does not answer in time',
        tags: ['crises'],
        params: CrisisParams,
        response: { 200: ViewBody, ...problems(404, 422, 500, 503) },
      },
    },
    async (request) => {
      const { id } = request.params;
      const found = await liveOrStored(
        context,
        () => context.firebreak.view(id),
        async (store) => {
          const row = await store.crisis(id);
          return (
            row && { crisis: row.crisis, next: [], workflowId: row.workflowId, runId: row.runId, asOf: row.updatedAt }
          );
        },
      );
      return { ...found, crisis: await asSeen(context, found.crisis, seerOf(request)) };
    },
  );
};
