import type { TemplateSource } from '../template.js';

/** For colleagues of other teams: how far it is and what they may pass on; no cause and no estimate. */
export const statusUpdate: TemplateSource = {
  subject: `{{ stage | capitalize }}: {{ services | join: ', ' | default: title }} ({{ severity }})`,
  text: `{{ stage | capitalize }}: {{ services | join: ', ' | default: title }} ({{ severity }} {{ severityName }})

Since: {{ since | utc }} ({{ duration }})
Impact: {% if impact != '' %}{{ impact }}{% else %}not yet known{% endif %}
{% if regions.size > 0 %}Regions: {{ regions | join: ', ' }}
{% endif %}{% if done.size > 0 %}Done so far:
{% for each in done %}- {{ each }}
{% endfor %}{% endif %}{% if workaround != '' %}Workaround: {{ workaround }}
{% endif %}
{% if text != '' %}{{ text }}

{% endif %}{% if stage == 'resolved' %}Data: {% if dataLoss != '' %}{{ dataLoss }}{% else %}being checked{% endif %}
{% elsif nextUpdateAt != '' %}Next update: {{ nextUpdateAt | utc }}
{% endif %}{% if author != '' %}Written by: {{ author }}{% if approver != '' %}, approved by {{ approver }}{% endif %}
{% endif %}Crisis: {{ crisisId }}`,
  html: `
{% assign started = since | utc | append: ' (' | append: duration | append: ')' %}{% render 'row', label: 'Since', value: started %}
{% assign hit = impact | default: 'not yet known' %}{% render 'row', label: 'Impact', value: hit %}
{% assign where = regions | join: ', ' %}{% render 'row', label: 'Regions', value: where %}
{% for each in done %}{% render 'row', label: 'Done', value: each %}{% endfor %}
{% render 'row', label: 'Workaround', value: workaround %}
{% if text != '' %}<tr><td colspan="2" style="padding:10px 18px;white-space:pre-line">{{ text }}</td></tr>{% endif %}
{% if stage == 'resolved' %}{% assign data = dataLoss | default: 'being checked' %}{% render 'row', label: 'Data', value: data %}{% else %}{% assign promised = nextUpdateAt | utc %}{% render 'row', label: 'Next update', value: promised %}{% endif %}`,
};
