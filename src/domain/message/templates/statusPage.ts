import type { TemplateSource } from '../template.js';
import { labelled, paragraph, regionsRow, sinceRow, written, writtenRow } from './parts.js';
import { being, data, hit, promise } from './publicWords.js';

/** An entry of the public status page: which parts, what is noticed, and when the next entry comes. */
export const statusPage: TemplateSource = {
  outside: 'Published on our status page.',
  subject: `{{ stage | capitalize }}: {{ services | join: ', ' | default: 'our service' }}`,
  text: `{{ stage | capitalize }}: {{ services | join: ', ' | default: 'our service' }}

Since: {{ since | utc }}
What you may notice: ${hit}
{% if regions.size > 0 %}Regions: {{ regions | join: ', ' }}
{% endif %}${being}
{% if workaround != '' %}Meanwhile: {{ workaround }}
{% endif %}
${written}{% if stage == 'resolved' %}Data: ${data}{% else %}${promise}{% endif %}`,
  html: `
${sinceRow}
${labelled('What you may notice', hit)}
${regionsRow}
${paragraph(being)}
{% render 'row', label: 'Meanwhile', value: workaround %}
${writtenRow}
{% if stage == 'resolved' %}${labelled('Data', data)}{% else %}${paragraph(promise)}{% endif %}`,
};
