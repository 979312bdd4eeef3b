import { z } from 'zod';
import type { Alert } from '../domain/alert.js';
import { faultsOf, isObject } from './fault.js';
import { keyOf } from './key.js';
import { detectionOf, factsOfLabels, labelsOf, severityWord } from './labels.js';
import type { Parse, Sender } from './parsed.js';
import { filled, line, prose, webLink } from './text.js';
import { timeOf } from './time.js';

const Payload = z.object({
  summary: z.string().trim().min(1),
  severity: z.enum(['critical', 'error', 'warning', 'info']),
  source: z.string().trim().min(1),
  timestamp: z.string().nullish(),
  component: z.string().nullish(),
  group: z.string().nullish(),
  class: z.string().nullish(),
  custom_details: z.unknown().optional(),
});

const common = {
  routing_key: z.string().trim().min(1),
  client: z.string().nullish(),
  client_url: z.string().nullish(),
  links: z.array(z.object({ href: z.string(), text: z.string().nullish() })).nullish(),
};
const dedup_key = z.string().trim().min(1);

/** PagerDuty's Events API v2, as its senders already write it. */
export const EnqueueBody = z.discriminatedUnion('event_action', [
  z.object({ ...common, event_action: z.literal('trigger'), dedup_key: dedup_key.nullish(), payload: Payload }),
  // On these two PagerDuty ignores the payload, so a half-filled one is no fault; what is there may name the service.
  z.object({ ...common, event_action: z.literal('acknowledge'), dedup_key, payload: z.unknown().optional() }),
  z.object({ ...common, event_action: z.literal('resolve'), dedup_key, payload: z.unknown().optional() }),
]);
type Enqueue = z.infer<typeof EnqueueBody>;

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value, undefined, 2);

const toAlert = (event: Enqueue, dedupKey: string, sender: Sender): Alert => {
  const payload: Record<string, unknown> = isObject(event.payload) ? event.payload : {};
  const custom = payload['custom_details'];
  const labels = labelsOf({
    ...(isObject(custom) ? custom : {}),
    ...filled({
      source: payload['source'],
      component: payload['component'],
      group: payload['group'],
      class: payload['class'],
    }),
  });
  const { facts, notUnderstood } = factsOfLabels(labels);
  const sourceSeverity = facts.sourceSeverity ?? severityWord(textOf(payload['severity']));
  const details = [textOf(custom), notUnderstood.length > 0 && `Not understood: ${notUnderstood.join(', ')}`];
  return {
    id: sender.newId(),
    format: 'pagerduty',
    detection: detectionOf(labels, sender.detection),
    status: event.event_action === 'resolve' ? 'resolved' : 'firing',
    dedupKey,
    summary: line(textOf(payload['summary']), 1024) || line(`Resolved: ${dedupKey}`, 1024),
    labels,
    facts: { ...facts, ...(sourceSeverity && { sourceSeverity }) },
    receivedAt: sender.now,
    ...filled({
      details: prose(details.filter(Boolean).join('\n'), 8192),
      service: line(labels['service'] ?? labels['component'] ?? labels['source'] ?? '', 200),
      startedAt: timeOf(payload['timestamp'], sender.now),
      link: webLink(event.client_url ?? undefined) ?? webLink(event.links?.[0]?.href),
    }),
  };
};

/** An event of PagerDuty's Events API v2. `acknowledge` is no alert: somebody at the sender has taken it. */
export const parsePagerduty: Parse = (body, sender) => {
  const parsed = EnqueueBody.safeParse(body);
  if (!parsed.success) return { faults: faultsOf(parsed.error.issues, body) };
  const event = parsed.data;
  const dedupKey = keyOf(event.dedup_key ?? sender.newId());
  if (event.event_action !== 'acknowledge') return { alerts: [toAlert(event, dedupKey, sender)], dedupKey };
  const by = line(event.client ?? '', 200) || 'pagerduty sender';
  return { alerts: [], acknowledgements: [{ dedupKey, by }], dedupKey };
};
