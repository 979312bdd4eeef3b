import type { TemplateSource } from '../template.js';
import { regionsRow, sinceRow, written, writtenRow } from './parts.js';

/** For executives, in the order they ask: how bad, for whom, what is done, what is needed of them. */
export const executiveSummary: TemplateSource = {
  subject: `Summary: {{ title }} ({{ severity }}, {{ stage }})`,
  text: `{{ title }} is {{ severityName }} ({{ severity }}) and {{ stage }}, {{ duration }} after it began.

Impact: {% if impact != '' %}{{ impact }}{% else %}not yet known{% endif %}
Since: {{ since | utc }}
{% if regions.size > 0 %}Regions: {{ regions | join: ', ' }}
{% endif %}{% if dataLoss != '' %}Data: {{ dataLoss }}
{% endif %}Led by: {% if commander != '' %}{{ commander }}{% else %}nobody yet{% endif %}

${written}{% if done.size > 0 %}Done so far:
{% for each in done limit: 5 %}- {{ each }}
{% endfor %}{% endif %}
{% if next.size > 0 %}What comes next:
{% for each in next limit: 5 %}- {{ each }}
{% endfor %}{% endif %}
Asked of you: {% if asked != '' %}{{ asked }}{% else %}nothing for now{% endif %}
{% if nextUpdateAt != '' %}Next summary: {{ nextUpdateAt | utc }}
{% endif %}Crisis: {{ crisisId }}`,
  html: `
{% assign hit = impact | default: 'not yet known' %}{% render 'row', label: 'Impact', value: hit %}
${sinceRow}
${regionsRow}
{% render 'row', label: 'Data', value: dataLoss %}
{% assign leads = commander | default: 'nobody yet' %}{% render 'row', label: 'Led by', value: leads %}
${writtenRow}
{% for each in done limit: 5 %}{% render 'row', label: 'Done', value: each %}{% endfor %}
{% for each in next limit: 5 %}{% render 'row', label: 'Next', value: each %}{% endfor %}
{% assign request = asked | default: 'nothing for now' %}{% render 'row', label: 'Asked of you', value: request %}
{% assign promised = nextUpdateAt | utc %}{% render 'row', label: 'Next summary', value: promised %}`,
};
