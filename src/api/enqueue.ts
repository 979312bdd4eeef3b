import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { EnqueueBody, parsePagerduty } from '../intake/pagerduty.js';
import { takeFrom } from './accept.js';
import { documentedAnswer, documentedBody } from './documentedBody.js';
import { answerError, problemOf } from './errors.js';
import { IdempotencyHeaders } from './idempotency.js';
import type { Api, Context } from './parts.js';
import { problems } from './problem.js';

const Processed = z.object({ status: z.literal('success'), message: z.string(), dedup_key: z.string() });
const InvalidEvent = z.object({ status: z.literal('invalid event'), message: z.string(), errors: z.array(z.string()) });

/** A PagerDuty sender understands PagerDuty's own refusal, so what is wrong with an event is said that way. */
const answerAsPagerduty = (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
  const problem = problemOf(error, request.id);
  if (problem.kind !== 'invalid' && problem.kind !== 'malformed-body') return answerError(error, request, reply);
  const errors = (problem.errors ?? []).map(({ pointer, detail }) => `${pointer || 'the body'}: ${detail}`);
  void reply.code(400).send({
    status: 'invalid event',
    message: 'Event object is invalid',
    errors: errors.length > 0 ? errors : [problem.message],
  });
};

/** PagerDuty's own path: a sender that exists changes the host and nothing else. */
export const enqueueRoutes = (app: Api, context: Context): void => {
  app.post(
    '/v2/enqueue',
    {
      errorHandler: answerAsPagerduty,
      config: { needs: 'alerts:write' },
      schema: {
        operationId: 'enqueueEvent',
        summary: 'PagerDuty’s Events API v2',
        tags: ['alerts'],
        headers: IdempotencyHeaders,
        body: documentedBody(EnqueueBody),
        response: {
          202: documentedAnswer(Processed),
          400: InvalidEvent,
          ...problems(401, 409, 413, 415, 500, 503),
        },
      },
    },
    async (request, reply) => {
      const { dedupKey = '' } = await takeFrom(context, request, { name: 'pagerduty', parse: parsePagerduty });
      return reply.code(202).send({ status: 'success', message: 'Event processed', dedup_key: dedupKey });
    },
  );
};
