import formbody from '@fastify/formbody';
import { z } from 'zod';
import { acknowledge, faults, look, pageOfFailure, type Answer, type Claims } from './acknowledging.js';
import { contentSecurityPolicy } from './pageFrame.js';
import type { Api, Context } from './parts.js';
import { problems } from './problem.js';

type Responses = Record<number, { description: string; content: Record<string, { schema: z.ZodType }> }>;

const pages = (...statuses: number[]): Responses => ({
  ...problems(400, 422, 429, 500),
  ...Object.fromEntries(
    statuses.map((status) => [status, { description: 'A page', content: { 'text/html': { schema: z.string() } } }]),
  ),
});

const route = (operationId: string, summary: string, ...statuses: number[]) => ({
  config: { needs: 'nothing', rateLimit: { max: 120, timeWindow: 60_000 } } as const,
  schema: {
    operationId,
    summary,
    tags: ['links'],
    params: z.object({ token: z.string().min(1) }),
    response: pages(200, 403, 404, 410, 503, ...statuses),
  },
});

const headers = { 'content-security-policy': contentSecurityPolicy, 'cache-control': 'no-store' };

/** The link in a message. GET only shows, since mail scanners follow links; POST acknowledges. */
export const ackLinkRoutes = async (app: Api, context: Context): Promise<void> => {
  await app.register(formbody, { bodyLimit: 1024 });
  const answer = async (token: string, act: (context: Context, claims: Claims) => Promise<Answer>): Promise<Answer> => {
    const read = await context.links.read(token);
    return 'fault' in read ? faults[read.fault] : act(context, read).catch(pageOfFailure);
  };
  app.get(
    '/a/:token',
    route('showAcknowledgeLink', 'Show what a message asks for; changes nothing'),
    async (request, reply) => {
      const { status, html } = await answer(request.params.token, look);
      return reply.code(status).headers(headers).type('text/html; charset=utf-8').send(html);
    },
  );
  app.post(
    '/a/:token',
    route('acknowledgeByLink', 'Acknowledge as the person the link was sent to', 202, 409),
    async (request, reply) => {
      const { status, html } = await answer(request.params.token, acknowledge);
      return reply.code(status).headers(headers).type('text/html; charset=utf-8').send(html);
    },
  );
};
