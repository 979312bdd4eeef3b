import formbody from '@fastify/formbody';
import { z } from 'zod';
import { pageOfFailure, type Answer } from './acknowledging.js';
import { answerRequest, approvalFaults, lookAtRequest } from './approving.js';
import type { ApprovalClaims } from '../domain/approvalLink.js';
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

/** The link in a request for an approval. GET only shows, since mail scanners follow links; POST answers, once. */
export const approvalLinkRoutes = async (app: Api, context: Context): Promise<void> => {
  await app.register(formbody, { bodyLimit: 1024 });
  const answer = async (token: string, act: (claims: ApprovalClaims) => Promise<Answer>): Promise<Answer> => {
    const read = (await context.approvalLinks?.read(token)) ?? { fault: 'invalid' as const };
    return 'fault' in read ? approvalFaults[read.fault] : act(read).catch(pageOfFailure);
  };
  app.get(
    '/approve/:token',
    route('showApprovalLink', 'Show what is asked to be approved; changes nothing'),
    async (request, reply) => {
      const { status, html } = await answer(request.params.token, (claims) => lookAtRequest(context, claims));
      return reply.code(status).headers(headers).type('text/html; charset=utf-8').send(html);
    },
  );
  const asked = route('answerByLink', 'Approve or reject as the person the link was sent to', 202, 409);
  app.post(
    '/approve/:token',
    { ...asked, schema: { ...asked.schema, body: z.object({ answer: z.enum(['approve', 'reject']) }) } },
    async (request, reply) => {
      const { answer: answered } = request.body;
      const { status, html } = await answer(request.params.token, (claims) => answerRequest(context, claims, answered));
      return reply.code(status).headers(headers).type('text/html; charset=utf-8').send(html);
    },
  );
};
