import { z } from 'zod';
import { Facts } from '../domain/facts.js';
import { faultsOf } from './fault.js';
import { derivedKey, keyOf } from './key.js';
import { detectionOf, factsOfLabels, labelsOf, severityWord } from './labels.js';
import { parseMapped } from './mapped.js';
import type { Parse } from './parsed.js';
import { statedFacts, Time, timeGiven } from './stated.js';
import { filled, line, prose, webLink } from './text.js';

/** Our own plain JSON, for a sender that can write what it likes and needs no mapping. */
export const GenericBody = z.object({
  summary: z.string().trim().min(1),
  service: z.string().nullish(),
  status: z.enum(['firing', 'resolved']).default('firing'),
  dedupKey: z.string().nullish(),
  severity: z.enum(['critical', 'error', 'warning', 'info']).nullish(),
  details: z.string().nullish(),
  link: z.string().nullish(),
  startedAt: Time.nullish(),
  labels: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  facts: Facts.loose().default({}),
});

/** Generic JSON: by the source's mapping when it has one, else in our own words. */
export const parseGeneric: Parse = (body, sender) => {
  if (sender.mapping) return parseMapped(body, sender.mapping, sender);
  const parsed = GenericBody.safeParse(body);
  if (!parsed.success) return { faults: faultsOf(parsed.error.issues, body) };
  const sent = parsed.data;
  const labels = labelsOf(sent.labels);
  const ofLabels = factsOfLabels(labels);
  const stated = statedFacts(sent.facts);
  const unread = [...ofLabels.notUnderstood, ...stated.notUnderstood];
  const sourceSeverity = sent.severity ?? severityWord(labels['severity']);
  const service = line(sent.service ?? labels['service'] ?? labels['job'] ?? '', 200);
  const summary = line(sent.summary, 1024);
  const details = [sent.details, unread.length > 0 && `Not understood: ${unread.join(', ')}`]
    .filter(Boolean)
    .join('\n');
  return {
    alerts: [
      {
        id: sender.newId(),
        format: 'generic',
        detection: detectionOf(labels, sender.detection),
        status: sent.status,
        dedupKey: keyOf(sent.dedupKey ?? '') || derivedKey(service, summary),
        summary,
        labels,
        facts: { ...(sourceSeverity && { sourceSeverity }), ...ofLabels.facts, ...stated.facts },
        receivedAt: sender.now,
        ...filled({
          details: prose(details, 8192),
          service,
          startedAt: timeGiven(sent.startedAt, sender.now),
          link: webLink(sent.link ?? undefined),
        }),
      },
    ],
  };
};
