import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Accepted } from '../client/firebreak.js';
import type { Alert, DetectionSource } from '../domain/alert.js';
import { Severity } from '../domain/severity.js';
import type { Parse, Parsed } from '../intake/parsed.js';
import { acknowledgeByKey, placeResolved } from './byDedupKey.js';
import { alertIds, idempotencyKeyOf } from './idempotency.js';
import type { Context } from './parts.js';
import { invalid } from './problem.js';
import { checkSignature } from './signature.js';

export const AcceptedBody = z
  .object({
    alertId: z.string(),
    outcome: z.enum(['crisis', 'watch', 'recorded']),
    workflowId: z.string().optional(),
    severity: Severity,
    rule: z.string(),
    why: z.string(),
  })
  .meta({ id: 'AcceptedAlert' });

/** What became of an alert, as its sender is told. */
export const acceptedBody = ({
  alertId,
  outcome,
  workflowId,
  classification,
}: Accepted): z.infer<typeof AcceptedBody> => ({
  alertId,
  outcome,
  ...(workflowId !== undefined && { workflowId }),
  severity: classification.severity,
  rule: classification.rule,
  why: classification.why,
});

export type Taken = { accepted: Accepted[]; acknowledged: string[]; dedupKey: string | undefined };

/** Takes what a source sends: checks its signature, parses it, hands it on. Throws a Problem for what cannot be taken. */
export const takeFrom = async (
  context: Context,
  request: FastifyRequest,
  source: { name: string; parse: Parse; detection?: DetectionSource },
): Promise<Taken> => {
  const { sources } = context.settings();
  const configured = Object.hasOwn(sources, source.name) ? sources[source.name] : undefined;
  const signedId = configured?.secret === undefined ? undefined : checkSignature(context, request, configured.secret);
  const key = idempotencyKeyOf(request) ?? signedId;
  const parsed: Parsed = source.parse(request.body, {
    detection: configured?.detection ?? source.detection ?? 'monitoring alert',
    now: context.now(),
    newId: alertIds(context.newId, source.name, key),
    mapping: configured?.mapping,
  });
  if ('faults' in parsed) throw invalid(parsed.faults);

  const received = parsed.alerts.map((alert): Alert => (key === undefined ? alert : { ...alert, once: true }));
  const alerts = await Promise.all(received.map((alert) => placeResolved(context, alert)));
  const accepted = alerts.length > 0 ? await context.firebreak.accept(alerts) : [];
  for (const { format } of alerts) context.counters.add('firebreak_alerts_accepted_total', { format });
  const acknowledged = [];
  for (const each of parsed.acknowledgements ?? []) acknowledged.push(...(await acknowledgeByKey(context, each)));
  return { accepted, acknowledged, dedupKey: parsed.dedupKey };
};
