import type { TemplateName } from './telling.js';

/** How many people must approve a message before it goes out: what leaves the house one, what lawyers and reporters quote two. */
export const approvalsNeeded: Readonly<Record<TemplateName, number>> = {
  'status-page': 1,
  'customer-mail': 1,
  'social-media': 1,
  'support-talking-points': 1,
  'executive-summary': 0,
  'legal-notification': 2,
  'partner-alert': 1,
  'media-response': 2,
  'engineering-alert': 0,
  'status-update': 0,
  'management-escalation': 0,
  'post-incident': 0,
};
