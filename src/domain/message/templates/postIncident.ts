import type { TemplateSource } from '../template.js';
import { labelled, paragraph, sinceRow, written, writtenRow } from './parts.js';

const next = `The post-mortem looks for what made this possible, not for who. Add what you saw to the timeline while it is fresh, say what went well, and rest.`;

/** To the team once it is over: what happened, what was done, how learning goes on. */
export const postIncident: TemplateSource = {
  subject: `After {{ title }}: thank you, and what comes next`,
  text: `{{ title }} is over for now ({{ stage }}). Thank you to everybody who helped.

Since: {{ since | utc }} ({{ duration }})
Severity: {{ severity }} {{ severityName }}
Impact: {% if impact != '' %}{{ impact }}{% else %}still being measured{% endif %}
Data: {% if dataLoss != '' %}{{ dataLoss }}{% else %}still being checked{% endif %}
{% if commander != '' %}Led by: {{ commander }}
{% endif %}
${written}{% if done.size > 0 %}What was done:
{% for each in done %}- {{ each }}
{% endfor %}{% endif %}
${next}
Crisis: {{ crisisId }}`,
  html: `
${sinceRow}
{% assign level = severity | append: ' ' | append: severityName %}{% render 'row', label: 'Severity', value: level %}
${labelled('Impact', `{% if impact != '' %}{{ impact }}{% else %}still being measured{% endif %}`)}
${labelled('Data', `{% if dataLoss != '' %}{{ dataLoss }}{% else %}still being checked{% endif %}`)}
{% render 'row', label: 'Led by', value: commander %}
${writtenRow}
{% for each in done %}{% render 'row', label: 'Done', value: each %}{% endfor %}
${paragraph(next)}`,
};
