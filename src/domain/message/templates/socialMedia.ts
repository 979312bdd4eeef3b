import type { TemplateSource } from '../template.js';
import { paragraph, writtenRow } from './parts.js';

/** A person's own words, where there are some, else what is noticed: never both, since a post has 280 characters. */
const core = `{% if text != '' %}{{ text | truncate: 200 }}{% elsif stage == 'resolved' %}The disruption of our service is over. Thank you for your patience.{% elsif stage == 'monitoring' %}Our service should work again. We are watching it closely.{% elsif impact != '' %}{{ impact | truncate: 160 }}. We are working on it.{% else %}Some of you may be unable to use parts of our service. We are working on it.{% endif %}`;
const next = `{% if stage != 'resolved' and nextUpdateAt != '' %}Next update by {{ nextUpdateAt | utc | truncate: 40 }}.{% endif %}`;

/** One post, within the 280 characters that the narrowest of the networks takes. */
export const socialMedia: TemplateSource = {
  outside: 'For publication.',
  subject: `{{ stage | capitalize }}: service disruption`,
  text: `{{ stage | capitalize }}: ${core}
${next}`,
  html: `
${paragraph(`{{ stage | capitalize }}: ${core.replace(`{% if text != '' %}{{ text | truncate: 200 }}{% elsif`, '{% if')}`)}
${writtenRow}
${paragraph(next)}`,
};
