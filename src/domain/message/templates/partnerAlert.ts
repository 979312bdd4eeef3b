import type { TemplateSource } from '../template.js';
import { labelled, paragraph, regionsRow, sinceRow, written, writtenRow } from './parts.js';
import { being, data, hit, promise } from './publicWords.js';

const yours = `Please check whether anything on your side depends on our service or has changed since then, and tell your usual contact with us.`;

/** For vendors and partners: what of ours they may miss, and what they are asked to look at. */
export const partnerAlert: TemplateSource = {
  outside: 'You receive this because your systems and ours depend on each other.',
  subject: `{% if stage == 'resolved' %}Resolved: disruption{% else %}Disruption{% endif %} of our service ({{ since | utc }})`,
  text: `{% if stage == 'resolved' %}The disruption of our service is over.{% else %}There is a disruption of our service that may concern your systems.{% endif %}

Since: {{ since | utc }}
What you may notice: ${hit}
{% if regions.size > 0 %}Regions: {{ regions | join: ', ' }}
{% endif %}${being}
{% if workaround != '' %}Meanwhile: {{ workaround }}
{% endif %}
${written}{% if stage == 'resolved' %}Data: ${data}{% else %}${yours}{% endif %}
${promise}`,
  html: `
${sinceRow}
${labelled('What you may notice', hit)}
${regionsRow}
${paragraph(being)}
{% render 'row', label: 'Meanwhile', value: workaround %}
${writtenRow}
{% if stage == 'resolved' %}${labelled('Data', data)}{% else %}${paragraph(yours)}{% endif %}
${paragraph(promise)}`,
};
