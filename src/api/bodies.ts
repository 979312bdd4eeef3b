import { z } from 'zod';

const list = <T extends z.ZodType>(of: T) => z.array(of).readonly();

/** A crisis as it is answered: what everybody needs is promised here, and the rest of its state comes with it. */
export const CrisisBody = z
  .looseObject({
    crisisId: z.string(),
    correlationKey: z.string(),
    type: z.string(),
    mode: z.string(),
    title: z.string(),
    services: list(z.string()),
    status: z.string(),
    declaredAt: z.number().meta({ description: 'milliseconds since 1970, like all times here' }),
    seq: z.number().int(),
    phase: z.number().int(),
    classification: z.looseObject({ severity: z.string(), type: z.string(), rule: z.string(), why: z.string() }),
    acknowledgedBy: z.string().optional(),
    acknowledgedAt: z.number().optional(),
  })
  .meta({ id: 'Crisis' });

const asOf = z
  .number()
  .optional()
  .meta({ description: 'set when this is the last projection and not the crisis itself' });

export const ViewBody = z.object({
  crisis: CrisisBody,
  next: list(z.looseObject({ at: z.number(), what: z.string() })),
  names: z
    .record(z.string(), z.string())
    .optional()
    .meta({ description: 'what ids are called, for showing them to people' }),
  playbook: z
    .looseObject({
      type: z.string(),
      title: z.string(),
      phases: list(z.looseObject({ id: z.string(), title: z.string() })),
    })
    .optional(),
  workflowId: z.string(),
  runId: z.string(),
  asOf,
});

export const ListedBody = z.object({ crisis: CrisisBody, workflowId: z.string(), runId: z.string(), asOf });

const complete = z
  .boolean()
  .meta({ description: 'false when the older part lies in the database, which does not answer' });

export const TimelineBody = z.object({
  events: list(z.object({ seq: z.number().int(), event: z.looseObject({ type: z.string(), at: z.number() }) })),
  stored: z.boolean().meta({ description: 'true when this is what the store last heard' }),
  complete,
});

export const DeliveryBody = z.looseObject({
  key: z.string(),
  kind: z.enum(['page', 'tell']),
  about: z.string(),
  person: z.string(),
  channel: z.string(),
  to: z.string(),
  status: z.string(),
  intendedAt: z.number(),
});

export const DeliveriesBody = z.object({ deliveries: list(DeliveryBody), stored: z.boolean(), complete });

export const CrisisParams = z.object({
  id: z
    .string()
    .min(1)
    .max(300)
    .meta({ description: 'the crisisId, or the correlation key for the newest of a cause' }),
});
