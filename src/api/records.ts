import { z } from 'zod';
import { wholeLedger, wholeTimeline } from './completing.js';
import { CrisisParams, DeliveriesBody, TimelineBody } from './bodies.js';
import type { Api, Context } from './parts.js';
import { Problem, problems } from './problem.js';
import { fromStore, liveOrStored } from './reading.js';
import type { Crisis } from '../domain/crisis.js';
import type { Store } from '../store/store.js';
import { eventsAsSeen, seerOf } from './visibility.js';

/** The store’s own id of a crisis that may be named by its correlation key; undefined when it never heard of it. */
const storedId = async (store: Store, idOrKey: string): Promise<string | undefined> =>
  (await store.crisis(idOrKey))?.crisis.crisisId;

/** What came after the draft was written; the draft itself belongs to people by then. */
const sinceThen = (links: Crisis['links']): string => {
  const later = links.filter(({ relation }) => relation === 'followed by').map(({ to }) => `- followed by ${to}`);
  return later.length > 0 ? `\n## Since then\n\n${later.join('\n')}\n` : '';
};

/** Everything that happened in a crisis, from itself as far as it runs, else as the store last heard. */
export const timelineOf = async (context: Context, idOrKey: string) => {
  const answer = await liveOrStored(
    context,
    async () => ({ held: await context.firebreak.timeline(idOrKey) }),
    async (store) => {
      const crisisId = await storedId(store, idOrKey);
      return crisisId === undefined ? undefined : { events: await store.timeline(crisisId) };
    },
  );
  if ('events' in answer) return { ...answer, stored: true, complete: true };
  return { ...(await wholeTimeline(context, idOrKey, answer.held)), stored: false };
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
    async (request) => {
      const timeline = await timelineOf(context, request.params.id);
      return { ...timeline, events: await eventsAsSeen(context, timeline.events, seerOf(request)) };
    },
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
    async ({ params: { id } }) => {
      const answer = await liveOrStored(
        context,
        () => context.firebreak.view(id),
        async (store) => {
          const crisisId = await storedId(store, id);
          return crisisId === undefined ? undefined : { deliveries: await store.deliveries(crisisId) };
        },
      );
      if ('deliveries' in answer) return { ...answer, stored: true, complete: true };
      return { ...(await wholeLedger(context, answer.crisis)), stored: false };
    },
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
      const { archive, links } = await fromStore(context, async (store) => {
        const row = await store.crisis(id);
        return { archive: await store.archived(row?.crisis.crisisId ?? id), links: row?.crisis.links ?? [] };
      });
      if (!archive) throw new Problem('not-found', `no post-mortem of ${id}: it is drafted when the crisis closes`);
      const text = archive.postmortem + sinceThen(links);
      return reply.type('text/markdown; charset=utf-8').send(text);
    },
  );
};
