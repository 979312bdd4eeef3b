import { z } from 'zod';
import type { Api, Context } from './parts.js';
import { within } from './within.js';

const PartBody = z.object({ ok: z.boolean(), reason: z.string().optional() });
const ReadyBody = z.object({
  status: z.enum(['ready', 'degraded', 'unready']),
  temporal: PartBody,
  store: PartBody,
});

const tried = async (ping: Promise<void>, limitMs: number): Promise<z.infer<typeof PartBody>> =>
  within(ping, limitMs).then(
    () => ({ ok: true }),
    (error: unknown) => ({ ok: false, reason: error instanceof Error ? error.message : String(error) }),
  );

/** Whether this process lives, whether it can do its work, and its figures. */
export const healthRoutes = (app: Api, { firebreak, store, answerWithinMs, counters }: Context): void => {
  app.get(
    '/healthz',
    {
      config: { needs: 'nothing' },
      schema: {
        operationId: 'isAlive',
        summary: 'The process lives',
        tags: ['operation'],
        response: { 200: z.object({ status: z.literal('ok') }) },
      },
    },
    () => ({ status: 'ok' as const }),
  );

  app.get(
    '/readyz',
    {
      config: { needs: 'nothing' },
      schema: {
        operationId: 'isReady',
        summary: 'Ready to page; without the store it is degraded, since paging does not need it',
        tags: ['operation'],
        response: { 200: ReadyBody, 503: ReadyBody },
      },
    },
    async (_request, reply) => {
      const [temporal, kept] = await Promise.all([
        tried(firebreak.ping(), answerWithinMs),
        store ? tried(store.ping(), answerWithinMs) : { ok: false, reason: 'none is configured here' },
      ]);
      const status = !temporal.ok ? 'unready' : kept.ok ? 'ready' : 'degraded';
      return reply.code(temporal.ok ? 200 : 503).send({ status, temporal, store: kept });
    },
  );

  app.get(
    '/metrics',
    {
      config: { needs: 'nothing' },
      schema: {
        operationId: 'getMetrics',
        summary: 'Counters in Prometheus’ text format',
        tags: ['operation'],
        response: { 200: { description: 'Prometheus text', content: { 'text/plain': { schema: z.string() } } } },
      },
    },
    async (_request, reply) => reply.type('text/plain; version=0.0.4; charset=utf-8').send(counters.text()),
  );
};
