import type { Mapping } from '../domain/settings.js';
import { pointerTo, valueAt } from './fault.js';
import { derivedKey, keyOf } from './key.js';
import { detectionOf, factsOfLabels, labelsOfTags, severityWord } from './labels.js';
import type { Parsed, Sender } from './parsed.js';
import { filled, line, prose, webLink } from './text.js';
import { timeOf } from './time.js';

const pathOf = (dotted: string): string[] => dotted.split('.');

const asText = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value);

/** A generic sender's JSON, read where its mapping points. Only the summary must be there. */
export const parseMapped = (body: unknown, mapping: Mapping, sender: Sender): Parsed => {
  const at = (dotted: string | undefined): unknown =>
    dotted === undefined ? undefined : valueAt(body, pathOf(dotted));
  const text = (dotted: string | undefined, most: number) => line(asText(at(dotted)), most);

  const summary = text(mapping.summary, 1024);
  if (!summary)
    return {
      faults: [
        {
          pointer: pointerTo(pathOf(mapping.summary)),
          detail: 'expected the summary here, as the mapping of this source says; got nothing',
        },
      ],
    };

  const labels = labelsOfTags(at(mapping.labels));
  const { facts, notUnderstood } = factsOfLabels(labels);
  const severity = text(mapping.severity, 100);
  const sourceSeverity = facts.sourceSeverity ?? severityWord(severity) ?? severityWord(labels['severity']);
  const service = text(mapping.service, 200) || line(labels['service'] ?? labels['job'] ?? '', 200);
  const details = [
    asText(at(mapping.details)),
    severity && !severityWord(severity) && `Severity as sent: ${severity}`,
    notUnderstood.length > 0 && `Not understood: ${notUnderstood.join(', ')}`,
  ];
  return {
    alerts: [
      {
        id: sender.newId(),
        format: 'generic',
        detection: detectionOf(labels, sender.detection),
        status: mapping.resolvedWhen.includes(text(mapping.status, 200)) ? 'resolved' : 'firing',
        dedupKey: keyOf(asText(at(mapping.dedupKey))) || derivedKey(service, summary),
        summary,
        labels,
        facts: { ...facts, ...(sourceSeverity && { sourceSeverity }) },
        receivedAt: sender.now,
        ...filled({
          details: prose(details.filter(Boolean).join('\n'), 8192),
          service,
          startedAt: timeOf(at(mapping.startedAt), sender.now),
          link: webLink(asText(at(mapping.link))),
        }),
      },
    ],
  };
};
