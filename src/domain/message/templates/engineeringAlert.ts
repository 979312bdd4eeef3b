import type { TemplateSource } from '../template.js';
import { matter } from './parts.js';

/** For those who work on the systems: everything that is known. */
export const engineeringAlert: TemplateSource = {
  subject: `{{ severity }} {{ status }}: ${matter}`,
  text: `{{ severity }} {{ severityName }} · ${matter}
State: {{ status }}, {{ phase }}
Why {{ severity }}: {{ why }}
Since: {{ since | utc }} ({{ duration }})
{% if impact != '' %}Impact: {{ impact }}
{% endif %}{% if regions.size > 0 %}Regions: {{ regions | join: ', ' }}
{% endif %}Commander: {% if commander != '' %}{{ commander }}{% else %}nobody yet{% endif %}
{% if bridge != '' %}Bridge: {{ bridge }}
{% endif %}
{% if text != '' %}{{ text }}

{% endif %}{% if done.size > 0 %}Done so far:
{% for each in done %}- {{ each }}
{% endfor %}{% endif %}
{% if next.size > 0 %}Next:
{% for each in next %}- {{ each }}
{% endfor %}{% endif %}
{% if workaround != '' %}Workaround: {{ workaround }}
{% endif %}{% if dataLoss != '' %}Data: {{ dataLoss }}
{% endif %}{% if nextUpdateAt != '' %}Next update: {{ nextUpdateAt | utc }}
{% endif %}Crisis: {{ crisisId }}`,
  html: `
{% assign state = status | append: ', ' | append: phase %}{% render 'row', label: 'State', value: state %}
{% render 'row', label: 'Why', value: why %}
{% assign started = since | utc | append: ' (' | append: duration | append: ')' %}{% render 'row', label: 'Since', value: started %}
{% render 'row', label: 'Impact', value: impact %}
{% assign where = regions | join: ', ' %}{% render 'row', label: 'Regions', value: where %}
{% assign leads = commander | default: 'nobody yet' %}{% render 'row', label: 'Commander', value: leads %}
{% render 'link', label: 'Bridge', value: bridge %}
{% if text != '' %}<tr><td colspan="2" style="padding:10px 18px;white-space:pre-line">{{ text }}</td></tr>{% endif %}
{% for each in done %}{% render 'row', label: 'Done', value: each %}{% endfor %}
{% for each in next %}{% render 'row', label: 'Next', value: each %}{% endfor %}
{% render 'row', label: 'Workaround', value: workaround %}
{% render 'row', label: 'Data', value: dataLoss %}
{% assign promised = nextUpdateAt | utc %}{% render 'row', label: 'Next update', value: promised %}`,
};
