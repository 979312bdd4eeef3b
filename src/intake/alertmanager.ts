import { z } from 'zod';
import type { Alert } from '../domain/alert.js';
import { faultsOf } from './fault.js';
import { fingerprint } from './fingerprint.js';
import { keyOf } from './key.js';
import { detectionOf, factsOfLabels, labelsOf, severityWord } from './labels.js';
import type { Parse, Sender } from './parsed.js';
import { filled, line, prose, webLink } from './text.js';
import { timeOf } from './time.js';

const labels = z.record(z.string(), z.string());

const One = z.object({
  status: z.enum(['firing', 'resolved']),
  labels,
  annotations: labels.default({}),
  startsAt: z.string().optional(),
  generatorURL: z.string().optional(),
  fingerprint: z.string().optional(),
});
type One = z.infer<typeof One>;

/** The webhook of Prometheus Alertmanager, version 4. Unknown keys are ignored: its senders add some every year. */
export const AlertmanagerBody = z.object({
  version: z.literal('4').optional(),
  groupKey: z.string().optional(),
  truncatedAlerts: z.number().int().min(0).default(0),
  status: z.enum(['firing', 'resolved']).optional(),
  externalURL: z.string().optional(),
  alerts: z.array(One),
});

const summaryOf = ({ annotations, labels }: One): string =>
  [annotations['summary'], annotations['message'], annotations['description'], labels['alertname']]
    .map((text) => line(text ?? '', 1024))
    .find((text) => text !== '') ?? 'An alert without a name';

const toAlert = (one: One, truncated: number, externalURL: string | undefined, sender: Sender): Alert => {
  // Annotations may carry facts too; a label of the same name counts more, since it is part of the alert's identity.
  const known = labelsOf({ ...one.annotations, ...one.labels });
  const { facts, notUnderstood } = factsOfLabels(known);
  const details = [
    one.annotations['description'],
    truncated > 0 && `The sender left out ${truncated} more alerts of this group.`,
    notUnderstood.length > 0 && `Not understood: ${notUnderstood.join(', ')}`,
  ];
  const sourceSeverity = facts.sourceSeverity ?? severityWord(known['severity']);
  return {
    id: sender.newId(),
    format: 'alertmanager',
    detection: detectionOf(known, sender.detection),
    status: one.status,
    dedupKey: keyOf(one.fingerprint || fingerprint(one.labels)),
    summary: summaryOf(one),
    labels: labelsOf(one.labels),
    facts: { ...facts, ...(sourceSeverity && { sourceSeverity }) },
    receivedAt: sender.now,
    ...filled({
      details: prose(details.filter(Boolean).join('\n'), 8192),
      service: line(known['service'] ?? known['job'] ?? '', 200),
      startedAt: timeOf(one.startsAt, sender.now),
      link: webLink(one.generatorURL) ?? webLink(externalURL),
    }),
  };
};

/** Alertmanager's webhook v4, of any age: each alert of the group is one of ours, resolved ones too. */
export const parseAlertmanager: Parse = (body, sender) => {
  const parsed = AlertmanagerBody.safeParse(body);
  if (!parsed.success) return { faults: faultsOf(parsed.error.issues, body) };
  const { alerts, truncatedAlerts, externalURL } = parsed.data;
  return { alerts: alerts.map((one) => toAlert(one, truncatedAlerts, externalURL, sender)) };
};
