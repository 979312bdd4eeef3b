import type { TemplateSource } from '../template.js';
import { labelled, regionsRow, sinceRow, written, writtenRow } from './parts.js';

const asks = `Judge which laws and contracts want a notification. Set the moments that regulators count from with the command "mark": when it occurred, when we knew, whether it is major, whether it is material. Close each with "file".`;
const keep = `Nothing is to be deleted. Write down facts; keep opinions on fault and law for a conversation with counsel.`;

/** For our own legal and compliance teams: what is known, what they must judge, and what must be kept. */
export const legalNotification: TemplateSource = {
  subject: `Legal and compliance: {{ title }} ({{ severity }})`,
  text: `Confidential, for legal and compliance: {{ title }}

Began: {{ since | utc }} ({{ duration }} ago)
Classified: {{ severity }} {{ severityName }}, because {{ why }}
Known of the impact: {% if impact != '' %}{{ impact }}{% else %}not yet known{% endif %}
{% if regions.size > 0 %}Regions: {{ regions | join: ', ' }}
{% endif %}Known of the data: {% if dataLoss != '' %}{{ dataLoss }}{% else %}not yet known{% endif %}
Led by: {% if commander != '' %}{{ commander }}{% else %}nobody yet{% endif %}

${written}Asked of you: {% if asked != '' %}{{ asked }}{% else %}${asks}{% endif %}
Meanwhile: ${keep}
{% if nextUpdateAt != '' %}Next update: {{ nextUpdateAt | utc }}
{% endif %}{% if bridge != '' %}Bridge: {{ bridge }}
{% endif %}Crisis: {{ crisisId }}`,
  html: `
${sinceRow}
{% assign because = severity | append: ' ' | append: severityName | append: ', because ' | append: why %}{% render 'row', label: 'Classified', value: because %}
{% assign hit = impact | default: 'not yet known' %}{% render 'row', label: 'Impact', value: hit %}
${regionsRow}
{% assign data = dataLoss | default: 'not yet known' %}{% render 'row', label: 'Data', value: data %}
{% assign leads = commander | default: 'nobody yet' %}{% render 'row', label: 'Led by', value: leads %}
${writtenRow}
${labelled('Asked of you', `{% if asked != '' %}{{ asked }}{% else %}${asks}{% endif %}`)}
${labelled('Meanwhile', keep)}
{% assign promised = nextUpdateAt | utc %}{% render 'row', label: 'Next update', value: promised %}
{% render 'link', label: 'Bridge', value: bridge %}`,
};
