import type { TemplateSource } from '../template.js';
import { paragraph, written, writtenRow } from './parts.js';
import { being, data, hit } from './publicWords.js';

const statement = `{% if stage == 'resolved' %}A disruption of our service that began at {{ since | utc }} is over.{% else %}Since {{ since | utc }} there is a disruption of our service.{% endif %}`;
const care = `We take this seriously and will say more when we know more. We do not comment on causes while we look into them.`;

/** A statement for reporters who ask: short, quotable, without cause, blame or estimate. */
export const mediaResponse: TemplateSource = {
  outside: 'Statement for publication on request.',
  subject: `Statement on the disruption of our service ({{ since | utc }})`,
  text: `${statement} ${hit}
${being}

${written}{% if stage == 'resolved' %}On data: ${data}{% else %}${care}{% endif %}`,
  html: `
${paragraph(`${statement} ${hit}`)}
${paragraph(being)}
${writtenRow}
${paragraph(`{% if stage == 'resolved' %}On data: ${data}{% else %}${care}{% endif %}`)}`,
};
