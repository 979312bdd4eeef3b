import type { Readable } from 'node:stream';
import { z } from 'zod';
import { canonical } from '../domain/canonical.js';
import type { Sealed } from '../domain/chain.js';
import { Collected, EvidencePart, type EvidenceEntry } from '../domain/evidence.js';
import { faultsInWords } from '../evidence/exporting.js';
import { CrisisParams } from './bodies.js';
import { anchorsOf, ask, audit, crisisIdOf, holderOf, provenActor, putOnTimeline } from './custody.js';
import { documentedBody } from './documentedBody.js';
import { IdempotencyHeaders, idempotencyKeyOf } from './idempotency.js';
import type { Api, Context } from './parts.js';
import { Problem, problems } from './problem.js';

const short = (most: number) => z.string().trim().min(1).max(most);

const CollectBody = z.strictObject({
  item: short(300).meta({ description: 'names the piece; within a crisis each name is given once' }),
  method: short(1000).meta({ description: 'how it was collected, in words' }),
  source: Collected.shape.source,
  parts: z
    .array(EvidencePart)
    .max(10_000)
    .default([])
    .meta({ description: 'its contents, each handed in before; of a reference what is known of them' }),
  caveats: z.array(z.string().max(1000)).max(1000).default([]),
});

const HandOverBody = z.strictObject({
  item: short(300),
  to: short(300),
  from: short(300)
    .optional()
    .meta({ description: 'who has it now, unless said: who got it last, or has collected it' }),
  why: short(1000),
});

const Entry = z.object({
  seq: z.number().int(),
  hash: z.string(),
  previous: z.string(),
  entry: z.unknown().meta({ description: 'as it was sealed, whatever has become of it' }),
});
const Kept = Entry.extend({
  onTimeline: z.boolean().meta({ description: 'false when the crisis is over or cannot be reached; the chain has it' }),
  why: z.string().optional().meta({ description: 'it is not on the timeline' }),
});
const found = (kind: 'changed' | 'altered') =>
  kind === 'changed'
    ? z.object({
        kind: z.enum(['changed', 'removed', 'inserted', 'reordered']),
        seq: z.number().int(),
        why: z.string(),
      })
    : z.object({ kind: z.enum(['missing', 'altered']), item: z.string(), part: z.string(), why: z.string() });
const VerdictBody = z.object({
  crisisId: z.string(),
  entries: z.number().int(),
  contents: z.number().int(),
  bytes: z.number().int(),
  anchors: z.number().int().meta({ description: 'how many entries the timeline vouches for' }),
  chain: z.array(found('changed')),
  content: z.array(found('altered')),
  faults: z.array(z.string()).meta({ description: 'all of it in words; nothing is wrong when this is empty' }),
  last: z.object({ seq: z.number().int(), hash: z.string() }).optional(),
});

const AnyBytes = documentedBody(z.unknown().meta({ type: 'string', format: 'binary' }));

const bodyKeys = ['method', 'source', 'parts', 'caveats'] as const;

/** A second piece under the name of another one would be lost, and its collector would never know. */
const mustBeTheSame = (sealed: Sealed<EvidenceEntry>, sent: z.infer<typeof CollectBody>): void => {
  const kept = sealed.entry as Collected;
  if (bodyKeys.every((key) => canonical(kept[key]) === canonical(sent[key]))) return;
  throw new Problem(
    'refused',
    `there is another piece of evidence named ${sent.item} (entry ${sealed.seq}); give this one a name of its own`,
  );
};

/** Evidence: contents handed in, entries sealed, listed, verified and exported. Whoever may not see a crisis finds none of it. */
export const evidenceRoutes = (app: Api, context: Context): void => {
  const tags = ['evidence'];
  // Passed on as it comes: no content is ever held in memory whole.
  app.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload));

  app.post(
    '/api/v1/crises/:id/evidence/contents',
    {
      config: { mayTakeLong: true },
      schema: {
        operationId: 'keepContent',
        summary: 'Hand in a content, as application/octet-stream; an entry that names it comes after',
        tags,
        params: CrisisParams,
        consumes: ['application/octet-stream'],
        body: AnyBytes,
        response: {
          201: z.object({ sha256: z.string(), sizeBytes: z.number().int() }),
          ...problems(400, 401, 403, 404, 413, 415, 422, 500, 503),
        },
      },
    },
    async (request, reply) => {
      provenActor(request);
      await crisisIdOf(context, request.params.id);
      if (!request.headers['content-type']?.startsWith('application/octet-stream'))
        throw new Problem('wrong-content-type', 'expected Content-Type: application/octet-stream');
      const blob = await ask(context, (room) => room.put(request.body as Readable));
      return reply.code(201).send(blob);
    },
  );

  app.post(
    '/api/v1/crises/:id/evidence',
    {
      bodyLimit: 4 * 1_048_576,
      schema: {
        operationId: 'collectEvidence',
        summary: 'Seal a piece of evidence; its collector is the holder of the key',
        tags,
        params: CrisisParams,
        body: CollectBody,
        response: { 201: Kept, ...problems(400, 401, 403, 404, 409, 413, 415, 422, 500, 503) },
      },
    },
    async (request, reply) => {
      const actor = provenActor(request);
      const { item, method, ...taken } = request.body;
      const crisisId = await crisisIdOf(context, request.params.id);
      const order = { crisisId, item, by: actor.holder.id, method, from: { kind: 'taken', taken } } as const;
      const sealed = await ask(context, (room) => room.collect(order));
      mustBeTheSame(sealed, request.body);
      return reply.code(201).send({ ...sealed, ...(await putOnTimeline(context, crisisId, sealed, actor)) });
    },
  );

  app.post(
    '/api/v1/crises/:id/evidence/hand-overs',
    {
      schema: {
        operationId: 'handOverEvidence',
        summary: 'Put on record that a piece of evidence went into other hands',
        tags,
        params: CrisisParams,
        headers: IdempotencyHeaders,
        body: HandOverBody,
        response: { 201: Kept, ...problems(400, 401, 403, 404, 409, 413, 415, 422, 500, 503) },
      },
    },
    async (request, reply) => {
      const actor = provenActor(request);
      const { item, to, why, from } = request.body;
      const crisisId = await crisisIdOf(context, request.params.id);
      const key = idempotencyKeyOf(request) ?? context.newId();
      const sealed = await ask(context, async (room) => {
        const holder = holderOf(await room.entries(crisisId), item);
        if (from !== undefined && holder !== undefined && from !== holder)
          throw new Problem('refused', `${item} is with ${holder}, and cannot go on from ${from}`);
        return room.handOver({ crisisId, key, item, by: actor.holder.id, from: holder ?? from ?? '', to, why });
      });
      return reply.code(201).send({ ...sealed, ...(await putOnTimeline(context, crisisId, sealed, actor)) });
    },
  );

  app.get(
    '/api/v1/crises/:id/evidence',
    {
      config: { needs: 'evidence:read' },
      schema: {
        operationId: 'listEvidence',
        summary: 'Every entry of the chain of custody, as it was sealed',
        tags,
        params: CrisisParams,
        response: {
          200: z.object({ crisisId: z.string(), entries: z.array(Entry) }),
          ...problems(401, 403, 404, 422, 500, 503),
        },
      },
    },
    async ({ params: { id } }) => {
      const crisisId = await crisisIdOf(context, id);
      return { crisisId, entries: await ask(context, (room) => room.entries(crisisId)) };
    },
  );

  app.get(
    '/api/v1/crises/:id/evidence/verification',
    {
      config: { needs: 'evidence:read' },
      schema: {
        operationId: 'verifyEvidence',
        summary: 'Read every content again and follow the chain: which byte or entry is not as it was',
        tags,
        params: CrisisParams,
        response: { 200: VerdictBody, ...problems(401, 403, 404, 422, 500, 503) },
      },
    },
    async ({ params: { id } }) => {
      const crisisId = await crisisIdOf(context, id);
      const anchors = await anchorsOf(context, crisisId);
      return ask(context, async (room) => {
        const { verdict, entries } = await room.verify(crisisId, anchors);
        const last = entries.at(-1);
        return {
          ...{ crisisId, ...verdict, chain: [...verdict.chain], content: [...verdict.content] },
          anchors: anchors.length,
          faults: faultsInWords(verdict, entries),
          ...(last && { last: { seq: last.seq, hash: last.hash } }),
        };
      });
    },
  );

  app.get(
    '/api/v1/crises/:id/evidence/bundle',
    {
      config: { needs: 'evidence:read' },
      schema: {
        operationId: 'exportEvidence',
        summary: 'All of it as one tar with a manifest, which proves itself without Firebreak',
        tags,
        params: CrisisParams,
        response: {
          200: { description: 'A tar', content: { 'application/x-tar': { schema: z.unknown() } } },
          ...problems(401, 403, 404, 422, 500, 503),
        },
      },
    },
    async (request, reply) => {
      const actor = provenActor(request);
      const crisisId = await crisisIdOf(context, request.params.id);
      const anchors = await anchorsOf(context, crisisId);
      const { verdict, content } = await ask(context, (room) => room.bundle(crisisId, actor.holder.id, anchors));
      audit(context, actor, 'export evidence', crisisId, `${verdict.entries} entries, ${verdict.bytes} bytes`);
      return reply
        .type('application/x-tar')
        .header('content-disposition', 'attachment; filename="evidence.tar"')
        .header('firebreak-evidence-faults', String(verdict.chain.length + verdict.content.length))
        .send(content());
    },
  );
};
