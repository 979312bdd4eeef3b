import type { TemplateSource } from '../template.js';
import { matter } from './parts.js';

/** For management: how it stands, what is asked of them, what comes next. */
export const managementEscalation: TemplateSource = {
  subject: `{{ severity }} {{ status }}, {{ duration }} after it began: ${matter}`,
  text: `{{ severity }} {{ severityName }} · ${matter}

How it stands: {{ status }} in {{ phase }}, since {{ since | utc }} ({{ duration }})
{% if impact != '' %}Impact: {{ impact }}
{% endif %}{% if regions.size > 0 %}Regions: {{ regions | join: ', ' }}
{% endif %}Why {{ severity }}: {{ why }}
Commander: {% if commander != '' %}{{ commander }}{% else %}nobody yet{% endif %}
{% if dataLoss != '' %}Data: {{ dataLoss }}
{% endif %}
What is asked of you: {% if asked != '' %}{{ asked }}{% else %}nothing for now; this is for your information{% endif %}
{% if text != '' %}
{{ text }}
{% endif %}
{% if next.size > 0 %}What comes next:
{% for each in next %}- {{ each }}
{% endfor %}{% endif %}
{% if nextUpdateAt != '' %}Next update: {{ nextUpdateAt | utc }}
{% endif %}{% if bridge != '' %}Bridge: {{ bridge }}
{% endif %}Crisis: {{ crisisId }}`,
  html: `
{% assign state = status | append: ' in ' | append: phase %}{% render 'row', label: 'State', value: state %}
{% assign started = since | utc | append: ' (' | append: duration | append: ')' %}{% render 'row', label: 'Since', value: started %}
{% render 'row', label: 'Impact', value: impact %}
{% assign where = regions | join: ', ' %}{% render 'row', label: 'Regions', value: where %}
{% render 'row', label: 'Why', value: why %}
{% assign leads = commander | default: 'nobody yet' %}{% render 'row', label: 'Commander', value: leads %}
{% render 'row', label: 'Data', value: dataLoss %}
{% assign request = asked | default: 'nothing for now; this is for your information' %}<tr><td colspan="2" style="padding:10px 18px;background:#fff8e6"><strong>Asked of you:</strong> {{ request }}</td></tr>
{% if text != '' %}<tr><td colspan="2" style="padding:10px 18px;white-space:pre-line">{{ text }}</td></tr>{% endif %}
{% for each in next %}{% render 'row', label: 'Next', value: each %}{% endfor %}
{% assign promised = nextUpdateAt | utc %}{% render 'row', label: 'Next update', value: promised %}
{% render 'link', label: 'Bridge', value: bridge %}`,
};
