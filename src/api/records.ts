import { z } from 'zod';
import { CrisisParams, DeliveriesBody, TimelineBody } from './bodies.js';
import type { Api, Context } from './parts.js';
import { Problem, problems } from './problem.js';
import { fromStore, liveOrStored } from './reading.js';
import type { Crisis } from '../domain/crisis.js';
import type { Delivery } from '../domain/delivery.js';
import { settledKeptForMs } from '../domain/engine/fold/ledger.js';
import type { NumberedEvent } from '../domain/record.js';
import type { Store } from '../store/store.js';

/** The store’s own id of a crisis that may be named by its correlation key; undefined when it never heard of it. */
const storedId = async (store: Store, idOrKey: string): Promise<string | undefined> =>
  (await store.crisis(idOrKey))?.crisis.crisisId;

/** What the running crisis still holds, and before it what the store has kept of a longer one. */
const whole = async (context: Context, id: string): Promise<NumberedEvent[]> => {
  const held = await context.firebreak.timeline(id);
  const from = held[0]?.seq ?? 0;
  if (from === 0 || !context.store) return held;
  const kept = await fromStore(context, async (store) => store.timeline((await storedId(store, id)) ?? id));
  return [...kept.filter(({ seq }) => seq < from), ...held];
};

/** What the state still holds, and before it what the store has kept of a longer crisis. */
const ledger = async (context: Context, id: string): Promise<Delivery[]> => {
  const { crisisId, declaredAt, deliveries } = (await context.firebreak.view(id)).crisis;
  if (!context.store || Date.now() - declaredAt < settledKeptForMs) return Object.values(deliveries);
  const kept = await fromStore(context, (store) => store.deliveries(crisisId));
  const whole = { ...Object.fromEntries(kept.map((row) => [row.key, row])), ...deliveries };
  return Object.values(whole).sort((a, b) => a.intendedAt - b.intendedAt);
};

/** What came after the draft was written; the draft itself belongs to people by then. */
const sinceThen = (links: Crisis['links']): string => {
  const later = links.filter(({ relation }) => relation === 'followed by').map(({ to }) => `- followed by ${to}`);
  return later.length > 0 ? `\n## Since then\n\n${later.join('\n')}\n` : '';
};

/** What a crisis leaves behind: its timeline, its messages, its post-mortem. */
export const recordRoutes = (app: Api, context: Context): void => {
  app.get(
    '/api/v1/crises/:id/timeline',
    {
      schema: {
        operationId: 'getTimeline',
        summary: 'Everything that happened, in order',
        tags: ['crises'],
        params: CrisisParams,
        response: { 200: TimelineBody, ...problems(404, 422, 500, 503) },
      },
    },
    async ({ params: { id } }) =>
      liveOrStored(
        context,
        async () => ({ events: await whole(context, id), stored: false }),
        async (store) => {
          const crisisId = await storedId(store, id);
          return crisisId === undefined ? undefined : { events: await store.timeline(crisisId), stored: true };
        },
      ),
  );

  app.get(
    '/api/v1/crises/:id/deliveries',
    {
      schema: {
        operationId: 'getDeliveries',
        summary: 'Every message to a person, and how far it has come',
        tags: ['crises'],
        params: CrisisParams,
        response: { 200: DeliveriesBody, ...problems(404, 422, 500, 503) },
      },
    },
    async ({ params: { id } }) =>
      liveOrStored(
        context,
        async () => ({ deliveries: await ledger(context, id), stored: false }),
        async (store) => {
          const crisisId = await storedId(store, id);
          return crisisId === undefined ? undefined : { deliveries: await store.deliveries(crisisId), stored: true };
        },
      ),
  );

  app.get(
    '/api/v1/crises/:id/postmortem',
    {
      schema: {
        operationId: 'getPostmortem',
        summary: 'The draft of the post-mortem, in Markdown',
        tags: ['crises'],
        params: CrisisParams,
        response: {
          200: { description: 'Markdown', content: { 'text/markdown': { schema: z.string() } } },
          ...problems(404, 422, 500, 503),
        },
      },
    },
    async ({ params: { id } }, reply) => {
      const archive = await fromStore(context, async (store) => store.archived((await storedId(store, id)) ?? id));
      if (!archive) throw new Problem('not-found', `no post-mortem of ${id}: it is drafted when the crisis closes`);
      const row = await fromStore(context, (store) => store.crisis(archive.crisisId));
      const text = archive.postmortem + sinceThen(row?.crisis.links ?? []);
      return reply.type('text/markdown; charset=utf-8').send(text);
    },
  );
};
