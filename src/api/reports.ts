import { parseReport, ReportBody } from '../intake/report.js';
import { AcceptedBody, acceptedBody, takeFrom } from './accept.js';
import { documentedBody } from './documentedBody.js';
import { IdempotencyHeaders } from './idempotency.js';
import type { Api, Context } from './parts.js';
import { problems } from './problem.js';

/** People report what they see; their report is classified like any alert. */
export const reportRoutes = (app: Api, context: Context): void => {
  app.post(
    '/api/v1/reports',
    {
      config: { needs: 'alerts:write', rateLimit: { max: 300, timeWindow: 60_000 } },
      schema: {
        operationId: 'report',
        summary: 'Report what a person sees',
        tags: ['alerts'],
        headers: IdempotencyHeaders,
        body: documentedBody(ReportBody),
        response: { 202: AcceptedBody, ...problems(400, 401, 413, 415, 422, 429, 500, 503) },
      },
    },
    async (request, reply) => {
      const { accepted } = await takeFrom(context, request, {
        name: 'report',
        parse: parseReport,
        detection: 'user report',
      });
      const [report] = accepted;
      if (!report) throw new Error('the report was taken, and nothing was said of what became of it');
      return reply.code(202).send(acceptedBody(report));
    },
  );
};
