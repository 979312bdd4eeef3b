import type { MessageFields, TemplateName } from '../telling.js';
import { htmlTemplate, lineTemplate, textTemplate } from './engine.js';
import { oneLine, someLines } from './inert.js';
import { toneOf } from './layout.js';
import type { TemplateSource } from './template.js';
import { customerMail } from './templates/customerMail.js';
import { engineeringAlert } from './templates/engineeringAlert.js';
import { executiveSummary } from './templates/executiveSummary.js';
import { legalNotification } from './templates/legalNotification.js';
import { managementEscalation } from './templates/managementEscalation.js';
import { mediaResponse } from './templates/mediaResponse.js';
import { partnerAlert } from './templates/partnerAlert.js';
import { postIncident } from './templates/postIncident.js';
import { socialMedia } from './templates/socialMedia.js';
import { statusPage } from './templates/statusPage.js';
import { statusUpdate } from './templates/statusUpdate.js';
import { supportTalkingPoints } from './templates/supportTalkingPoints.js';

export type TellTexts = { subject: string; text: string; html: string };

const prepared = ({ subject, text, html, outside }: TemplateSource) => ({
  outside,
  subject: lineTemplate(subject),
  text: textTemplate(text),
  html: htmlTemplate(html),
});

const templates: Record<TemplateName, ReturnType<typeof prepared>> = {
  'status-page': prepared(statusPage),
  'customer-mail': prepared(customerMail),
  'social-media': prepared(socialMedia),
  'support-talking-points': prepared(supportTalkingPoints),
  'executive-summary': prepared(executiveSummary),
  'legal-notification': prepared(legalNotification),
  'partner-alert': prepared(partnerAlert),
  'media-response': prepared(mediaResponse),
  'engineering-alert': prepared(engineeringAlert),
  'status-update': prepared(statusUpdate),
  'management-escalation': prepared(managementEscalation),
  'post-incident': prepared(postIncident),
};

/** Twenty of a list, each on its line: a message stays a screen or two. */
const few = (lines: readonly string[]): string[] =>
  lines
    .slice(0, 20)
    .map((line) => oneLine(line))
    .filter(Boolean);

const inertFields = (fields: MessageFields): MessageFields => {
  const lines = Object.entries(fields).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return {
    ...fields,
    ...Object.fromEntries(lines.map(([name, value]) => [name, oneLine(value, 1000)])),
    text: someLines(fields.text),
    services: few(fields.services),
    regions: few(fields.regions),
    done: few(fields.done),
    next: few(fields.next),
  };
};

/** The words of a message to an audience. Values are only ever shown: nothing in them is a template, a header or markup. */
export const renderTell = (template: TemplateName, fields: MessageFields): TellTexts => {
  const values = inertFields(fields);
  const { subject, text, html, outside } = templates[template];
  const heading = oneLine(subject(values), 200);
  const prefix = values.drill ? '[DRILL] ' : '';
  return {
    subject: `${prefix}${heading}`,
    text: `${prefix}${text(values)}${values.drill ? '\nThis is a drill. Nothing is really broken.\n' : ''}`,
    html: html({
      ...values,
      heading,
      tone: toneOf(outside === undefined ? values.severity : ''),
      footer: outside ?? `Crisis ${values.crisisId}, sent by Firebreak.`,
    }),
  };
};
