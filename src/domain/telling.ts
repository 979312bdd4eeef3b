import { z } from 'zod';
import { Contact } from './person.js';
import { DurationMs } from './duration.js';
import { Severity } from './severity.js';

/** The specification's twelve messages: to customers, to stakeholders, and inside; each is a Liquid template. */
export const templateNames = [
  'status-page',
  'customer-mail',
  'social-media',
  'support-talking-points',
  'executive-summary',
  'legal-notification',
  'partner-alert',
  'media-response',
  'engineering-alert',
  'status-update',
  'management-escalation',
  'post-incident',
] as const;
export const TemplateName = z.enum(templateNames);
export type TemplateName = z.infer<typeof TemplateName>;

/** Beside these, what Firebreak asks of people by itself. */
export type MessageName = TemplateName | 'approval-request';

/** When in a crisis something is told. */
export const occasionsToTell = ['start', 'change', 'update', 'end'] as const;
export const OccasionToTell = z.enum(occasionsToTell);
export type OccasionToTell = z.infer<typeof OccasionToTell>;

/** People and addresses that hear together. `outside` text needs care: no causes, no estimates, an approver. */
export const Audience = z.strictObject({
  title: z.string().min(1),
  people: z.array(z.string()).default([]),
  contacts: z.array(Contact).default([]),
  outside: z.boolean().default(false),
});
export type Audience = z.infer<typeof Audience>;

/** Which template goes to which audience on which occasions, from which severity on. */
export const Telling = z.strictObject({
  template: TemplateName,
  audience: z.string(),
  on: z.array(OccasionToTell).min(1),
  severities: z.array(Severity).default(['P0', 'P1']),
});
export type Telling = z.infer<typeof Telling>;

/** How often who hears; the promise of the next update is part of every message. */
export const Cadence = z.strictObject({
  updateEveryMs: DurationMs,
  remindBeforeMs: DurationMs,
});
export type Cadence = z.infer<typeof Cadence>;

/** The words for a stage that the public knows. */
export const publicStages = ['investigating', 'identified', 'monitoring', 'resolved'] as const;
export type PublicStage = (typeof publicStages)[number];

/** What a template may use. Plain data; every text in it is untrusted and rendered inert. Times are ISO 8601 in UTC. */
export type MessageFields = {
  crisisId: string;
  drill: boolean;
  severity: string;
  severityName: string;
  title: string;
  why: string;
  services: string[];
  stage: PublicStage;
  status: string;
  phase: string;
  occasion: string;
  since: string;
  duration: string;
  impact: string;
  regions: string[];
  done: string[];
  workaround: string;
  nextUpdateAt: string;
  dataLoss: string;
  asked: string;
  next: string[];
  commander: string;
  bridge: string;
  author: string;
  approver: string;
  /** What a person wrote for this message, when one did. */
  text: string;
};
