import type { TemplateSource } from '../template.js';
import { labelled, regionsRow, sinceRow, written, writtenRow } from './parts.js';
import { being, data, hit, promise } from './publicWords.js';

const may = `Say since when it is, what customers notice, what they can do meanwhile, and when they hear again.`;
const mayNot = `Give no cause, no estimate and no promise of compensation; send questions about data, law and the press on to the Communication Lead.`;

/** For those who answer customers: what they may say, and what not. */
export const supportTalkingPoints: TemplateSource = {
  subject: `Talking points: {{ services | join: ', ' | default: 'our service' }}, {{ stage }} ({{ severity }})`,
  text: `Talking points, as of {{ status }}: {{ services | join: ', ' | default: 'our service' }}

What customers notice: ${hit}
Since: {{ since | utc }}
{% if regions.size > 0 %}Regions: {{ regions | join: ', ' }}
{% endif %}How far it is: ${being}
{% if workaround != '' %}What they can do: {{ workaround }}
{% endif %}If they ask about their data: ${data}
If they ask when: ${promise}

${written}You may: ${may}
You may not: ${mayNot}
Crisis: {{ crisisId }}`,
  html: `
${labelled('What customers notice', hit)}
${sinceRow}
${regionsRow}
${labelled('How far it is', being)}
{% render 'row', label: 'What they can do', value: workaround %}
${labelled('If they ask about their data', data)}
${labelled('If they ask when', promise)}
${writtenRow}
${labelled('You may', may)}
${labelled('You may not', mayNot)}`,
};
