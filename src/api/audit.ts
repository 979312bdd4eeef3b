import { z } from 'zod';
import { AuditEntry } from '../domain/audit.js';
import type { Api, Context } from './parts.js';
import { Problem, problems } from './problem.js';
import { StoreDown } from './reading.js';
import { maySeeIt, seerOf } from './visibility.js';

const Row = z.object({ seq: z.number().int(), hash: z.string(), entry: AuditEntry.loose() });
const FaultRow = z.object({
  kind: z.enum(['changed', 'removed', 'inserted', 'reordered']),
  seq: z.number().int(),
  why: z.string(),
});

/** Whether a person may see what was done in a crisis; each crisis is asked once. What is of no crisis everybody may see. */
const seeing = (context: Context, seer: string | undefined) => {
  const known = new Map<string, Promise<boolean>>();
  return (crisis = ''): Promise<boolean> => {
    const may = known.get(crisis) ?? maySeeIt(context, crisis, seer);
    known.set(crisis, may);
    return may;
  };
};

/** Who did or tried what, by which authority; and whether that record is as it was written. */
export const auditRoutes = (app: Api, context: Context): void => {
  const asked = async <T>(ask: (audit: NonNullable<ReturnType<NonNullable<Context['audit']>>>) => Promise<T>) => {
    if (!context.audit) throw new Problem('not-found', 'no audit is kept here');
    try {
      return await ask(context.audit());
    } catch (error) {
      throw new StoreDown(`the audit cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  };

  app.get(
    '/api/v1/audit',
    {
      config: { needs: 'audit:read' },
      schema: {
        operationId: 'listAudit',
        summary: 'The newest entries of the audit, the last one last; of restricted crises for those they name',
        tags: ['audit'],
        querystring: z.object({
          crisisId: z.string().max(300).optional(),
          who: z.string().max(200).optional(),
          outcome: AuditEntry.shape.outcome.optional(),
          limit: z.coerce.number().int().min(1).max(1000).default(100),
        }),
        response: { 200: z.object({ entries: z.array(Row) }), ...problems(401, 403, 404, 422, 500, 503) },
      },
    },
    async (request) => {
      const { crisisId, who, outcome, limit } = request.query;
      const maySee = seeing(context, seerOf(request));
      const newest = await asked((audit) =>
        audit.newest(
          limit,
          (entry) =>
            (crisisId === undefined || entry.on.crisis === crisisId) &&
            (who === undefined || entry.who.id === who) &&
            (outcome === undefined || entry.outcome === outcome) &&
            maySee(entry.on.crisis),
        ),
      );
      return { entries: newest.map(({ seq, hash, entry }) => ({ seq, hash, entry })) };
    },
  );

  app.get(
    '/api/v1/audit/verification',
    {
      config: { needs: 'audit:read' },
      schema: {
        operationId: 'verifyAudit',
        summary:
          'Whether every entry is as it was written; `seq` and `hash` of anchors noted elsewhere show what was cut off',
        tags: ['audit'],
        querystring: z.object({
          seq: z.coerce.number().int().min(0).optional(),
          hash: z.string().max(200).optional(),
        }),
        response: {
          200: z.object({
            entries: z.number().int(),
            /** The first of them; `faultsFound` counts all. */
            faults: z.array(FaultRow),
            faultsFound: z.number().int(),
            last: z.object({ seq: z.number().int(), hash: z.string() }).optional(),
          }),
          ...problems(401, 403, 404, 422, 500, 503),
        },
      },
    },
    async ({ query: { seq, hash } }) =>
      asked((audit) => audit.verify(seq !== undefined && hash !== undefined ? [{ seq, hash }] : [])),
  );
};
