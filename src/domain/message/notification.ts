import { htmlTemplate, lineTemplate, textTemplate } from './engine.js';
import { oneLine, someLines } from './inert.js';
import { toneOf } from './layout.js';
import { fieldNames, type NotificationFields, type NotificationSource } from './notificationSource.js';
import { cra } from './notifications/cra.js';
import { dora } from './notifications/dora.js';
import { gdpr } from './notifications/gdpr.js';
import { nis2 } from './notifications/nis2.js';
import { sec } from './notifications/sec.js';
import type { TellTexts } from './tell.js';

/** By the id of the obligation (src/domain/regulatory): what its notification says, and in which words. */
const sources: Readonly<Record<string, NotificationSource>> = { ...gdpr, ...nis2, ...dora, ...sec, ...cra };

/** The obligations for whose notification there is a text to fill. */
export const notificationNames: readonly string[] = Object.keys(sources);

const html = htmlTemplate(`<tr><td colspan="2" style="padding:14px 18px;white-space:pre-line">{{ content }}</td></tr>`);

const prepared = new Map(
  Object.entries(sources).map(([id, { title, opening, sections, closing = '' }]) => [
    id,
    {
      sections,
      subject: lineTemplate(`${title}: {{ organisation | default: 'organisation' }}, {{ reference | default: 'new' }}`),
      text: textTemplate(
        [
          `${title}

{% if drill %}THIS IS A DRILL. DO NOT FILE.

{% endif %}${opening}`,
          ...sections.map(
            ({ heading, field }) =>
              `${heading}:\n{% if ${field} != '' %}{{ ${field} | utc }}{% else %}[to be filled in]{% endif %}`,
          ),
          `{% if lateReasons != '' %}Reasons for the delay:\n{{ lateReasons }}{% endif %}`,
          closing,
        ].join('\n\n'),
      ),
    },
  ]),
);

/** Every field there is, as harmless text; what nobody has said yet is empty. */
const inert = (fields: Partial<NotificationFields>): NotificationFields =>
  Object.fromEntries(fieldNames.map((name) => [name, someLines(fields[name] ?? '')])) as NotificationFields;

/** A notification as far as it can be written, and the fields that the law wants and nobody has filled in. */
export type Notification = TellTexts & { missing: readonly (keyof NotificationFields)[] };

/**
 * The text of a regulator's notification, to be read, completed and approved by people. What is not known stands as
 * "[to be filled in]". Values are only ever shown. Nothing when there is no text for the obligation.
 */
export const renderNotification = (
  obligation: string,
  fields: Partial<NotificationFields>,
  { drill }: { drill: boolean },
): Notification | undefined => {
  const source = prepared.get(obligation);
  if (!source) return undefined;
  const values = { ...inert(fields), drill };
  const heading = oneLine(source.subject(values), 200);
  const content = source.text(values);
  const footer = 'A draft by Firebreak, to be checked by counsel; not legal advice.';
  return {
    subject: `${drill ? '[DRILL] ' : ''}${heading}`,
    text: `${drill ? '[DRILL] ' : ''}${content}`,
    html: html({ heading, tone: toneOf(''), drill, content, footer }),
    missing: source.sections
      .filter(({ field, optional }) => optional !== true && values[field] === '')
      .map(({ field }) => field),
  };
};
