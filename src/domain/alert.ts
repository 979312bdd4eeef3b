import { z } from 'zod';
import { Facts } from './facts.js';

/** The seed's five sources of detection. */
export const detectionSources = [
  'monitoring alert',
  'user report',
  'health check',
  'security notification',
  'performance warning',
] as const;
export const DetectionSource = z.enum(detectionSources);
export type DetectionSource = z.infer<typeof DetectionSource>;

export const alertFormats = ['alertmanager', 'pagerduty', 'generic', 'report', 'probe'] as const;

const text = (most: number) => z.string().max(most);

/**
 * What a monitor, a probe or a person says, in one shape whatever the format it came in. Times are milliseconds since 1970.
 * `dedupKey` names the alert at its source: the same one firing again, or resolving, carries the same key.
 */
export const Alert = z.object({
  id: text(100),
  /** Its id is its sender's own: sent again under it, it counts once. */
  once: z.literal(true).optional(),
  format: z.enum(alertFormats),
  detection: DetectionSource,
  status: z.enum(['firing', 'resolved']),
  dedupKey: text(512),
  summary: text(1024),
  details: text(8192).optional(),
  /** As the sender names it; the configuration maps it to a service of ours. */
  service: text(200).optional(),
  labels: z.record(text(200), text(1024)),
  facts: Facts,
  startedAt: z.number().optional(),
  receivedAt: z.number(),
  link: text(2048).optional(),
  /** Who reports, for a person's report. */
  by: text(200).optional(),
});
export type Alert = z.infer<typeof Alert>;
