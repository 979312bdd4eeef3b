import type { TemplateSource } from '../template.js';
import { being, data, hit, promise } from './publicWords.js';

/** For those outside. Of the alert's own words it shows nothing: title, reason and steps taken stay with us. */
export const customerMail: TemplateSource = {
  outside: 'You receive this because you use our service.',
  subject: `{% if stage == 'resolved' %}Resolved: service disruption{% elsif stage == 'monitoring' %}Service disruption: recovering{% else %}Service disruption{% endif %} ({{ since | utc }})`,
  text: `{% if stage == 'resolved' %}The disruption of our service is over.{% else %}There is a disruption of our service. We are sorry for it.{% endif %}

Since: {{ since | utc }}
What you may notice: ${hit}
{% if regions.size > 0 %}Regions: {{ regions | join: ', ' }}
{% endif %}What we are doing: ${being}
{% if workaround != '' %}What you can do meanwhile: {{ workaround }}
{% endif %}
{% if text != '' %}{{ text }}

{% endif %}${promise}
{% if stage == 'resolved' %}
Your data: ${data}
{% endif %}`,
  html: `
<tr><td colspan="2" style="padding:14px 18px">{% if stage == 'resolved' %}The disruption of our service is over.{% else %}There is a disruption of our service. We are sorry for it.{% endif %}</td></tr>
{% assign started = since | utc %}{% render 'row', label: 'Since', value: started %}
<tr><td style="padding:6px 10px 6px 18px;color:#57606a;vertical-align:top">What you may notice</td><td style="padding:6px 18px 6px 0">${hit}</td></tr>
{% assign where = regions | join: ', ' %}{% render 'row', label: 'Regions', value: where %}
<tr><td style="padding:6px 10px 6px 18px;color:#57606a;vertical-align:top">What we are doing</td><td style="padding:6px 18px 6px 0">${being}</td></tr>
{% render 'row', label: 'Meanwhile', value: workaround %}
{% if text != '' %}<tr><td colspan="2" style="padding:10px 18px;white-space:pre-line">{{ text }}</td></tr>{% endif %}
<tr><td colspan="2" style="padding:10px 18px">${promise}</td></tr>
{% if stage == 'resolved' %}<tr><td colspan="2" style="padding:10px 18px"><strong>Your data:</strong> ${data}</td></tr>{% endif %}`,
};
