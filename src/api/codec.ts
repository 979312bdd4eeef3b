import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { restrictedCrisisOf } from '../domain/crisisId.js';
import { createBudget } from './budget.js';
import type { Api, Codec, Context } from './parts.js';
import { invalid, Problem, problems } from './problem.js';
import { maySeeIt, seerOf } from './visibility.js';

const base64 = z.base64('expected base64');

/** Payloads as protobuf's JSON writes them: remote codecs of Temporal all speak this. */
const CodecBody = z.object({
  payloads: z
    .array(z.object({ metadata: z.record(z.string(), base64).default({}), data: base64.default('') }))
    .max(10_000)
    .default([]),
});
const CodecHeaders = z.looseObject({
  'x-namespace': z.string().optional().meta({ description: 'the namespace that the payloads come from' }),
});

/** A page of a history may hold many payloads of up to two megabytes. */
const bodyLimit = 16 * 1_048_576;

/** The codec, for payloads of its own namespace. */
const codecFor = ({ codec }: Context, asked: string | undefined): Codec => {
  if (!codec) throw new Problem('not-found', 'nothing is decoded here');
  if (asked !== undefined && asked !== codec.namespace)
    throw invalid([{ pointer: '/x-namespace', detail: `expected the namespace ${codec.namespace}; got ${asked}` }]);
  return codec;
};

/** Who asks, proven: a name that somebody only gives opens nothing. */
const provenPerson = (request: FastifyRequest): string => {
  const seer = seerOf(request);
  if (seer === undefined)
    throw new Problem(
      'unproven',
      'expected the key of a person: what is restricted is decoded for those it names; a browser signs in at /codec/sign-in',
    );
  return seer;
};

/** Where nobody can tell whose it is, only those whom every restricted crisis names may see it. */
const mayDecode =
  (context: Context, seer: string) =>
  (workflowId: string | undefined): Promise<boolean> =>
    workflowId === undefined
      ? Promise.resolve(context.settings().security.people.includes(seer))
      : maySeeIt(context, restrictedCrisisOf(workflowId), seer);

/** What the codec makes of the payloads of restricted crises, for Temporal's own tools and whoever may see. */
export const codecRoutes = (app: Api, context: Context): void => {
  const { note, now, newId } = context;
  const mayNote = createBudget(now);

  const noteRefusal = (request: FastifyRequest, workflowId: string | undefined): void => {
    const { actor } = request;
    if (!actor || !mayNote()) return;
    note?.({
      key: newId(),
      at: now(),
      who: { id: actor.holder.id, proof: 'api key', key: actor.key },
      what: 'decode payloads',
      on: workflowId === undefined ? {} : { crisis: restrictedCrisisOf(workflowId) },
      authority: { kind: 'none', of: [] },
      outcome: 'refused',
      why: 'not named by the crisis',
    });
  };

  const schema = (operationId: string, summary: string) => ({
    operationId,
    summary,
    tags: ['codec'],
    headers: CodecHeaders,
    body: CodecBody,
    response: { 200: CodecBody, ...problems(400, 401, 403, 404, 413, 415, 422, 500, 503) },
  });

  app.post(
    '/codec/decode',
    {
      bodyLimit,
      config: { needs: 'crises:read' },
      schema: schema(
        'decode',
        'Decode payloads of restricted crises, for those they name; others come back as they were',
      ),
    },
    async (request) => {
      const codec = codecFor(context, request.headers['x-namespace']);
      const seer = provenPerson(request);
      const answer = await codec.decode(request.body.payloads, mayDecode(context, seer));
      if ('fault' in answer) throw invalid([{ pointer: '/payloads', detail: answer.fault }]);
      const { payloads, decoded, refused } = answer;
      for (const workflowId of refused) noteRefusal(request, workflowId);
      if (refused.length > 0 && decoded === 0)
        throw new Problem('forbidden', `what is restricted here does not name ${seer}`);
      return { payloads };
    },
  );

  app.post(
    '/codec/encode',
    {
      bodyLimit,
      config: { needs: 'crises:command' },
      schema: schema('encode', 'Encrypt payloads, for commands given by Temporal’s own tools'),
    },
    async (request) => {
      const codec = codecFor(context, request.headers['x-namespace']);
      provenPerson(request);
      return { payloads: await codec.encode(request.body.payloads) };
    },
  );

  // A browser asks first whether it may; the hook answers with the headers.
  app.options('/codec/*', { config: { needs: 'nothing' }, schema: { hide: true } }, async (_request, reply) =>
    reply.code(204).send(),
  );
};
