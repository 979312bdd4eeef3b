import type { ApprovalAsked } from '../effect.js';
import type { MessageFields } from '../telling.js';
import { htmlTemplate } from './engine.js';
import { oneLine, webLink } from './inert.js';
import { toneOf } from './layout.js';
import type { TellTexts } from './tell.js';

const html = htmlTemplate(`
{% for fact in facts %}{% render 'row', label: fact.label, value: fact.value %}{% endfor %}
{% if url != '' %}<tr><td colspan="2" style="padding:14px 18px"><a href="{{ url }}" style="display:block;padding:14px;background:#1a5fb4;color:#fff;text-align:center;text-decoration:none;border-radius:6px;font-weight:600">Look, then approve or reject</a></td></tr>{% endif %}
{% render 'link', label: 'Bridge', value: bridge %}
{% render 'row', label: 'Crisis', value: crisis %}`);

const footer =
  'Sent by Firebreak because you may approve this. The link only shows; the buttons there approve or reject, once.';

const clock = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** The system itself bears the product’s name. */
const askedBy = (by: string): string => (by === 'firebreak' ? 'Firebreak' : oneLine(by));

const factsOf = (
  { title, risk, parameters, by, reason, needs, lapsesAt }: ApprovalAsked,
  { title: matter, severity }: MessageFields,
) =>
  [
    { label: 'Action', value: `${oneLine(title)} (${risk})` },
    {
      label: 'With',
      value: oneLine(
        Object.entries(parameters)
          .map(([name, value]) => `${name}=${value}`)
          .join(', '),
        // Words that are to leave the house are approved as a whole.
        4000,
      ),
    },
    { label: 'Asked by', value: askedBy(by) },
    { label: 'Reason', value: oneLine(reason ?? '') },
    { label: 'For', value: `${severity} ${oneLine(matter)}` },
    { label: 'Needs', value: needs === 1 ? 'one approval' : `${needs} approvals` },
    { label: 'Lapses', value: clock(lapsesAt) },
  ].filter(({ value }) => value !== '');

/** What somebody wants to do, for those who may let them. `url` is this reader's own link; empty where there is none. */
export const renderApprovalRequest = (asked: ApprovalAsked, fields: MessageFields, url: string): TellTexts => {
  const { drill, severity } = fields;
  const prefix = drill ? '[DRILL] ' : '';
  const facts = factsOf(asked, fields);
  const heading = oneLine(`${askedBy(asked.by)} asks you to approve: ${asked.title}`, 200);
  const crisis = oneLine(fields.crisisId, 100);
  const bridge = oneLine(fields.bridge, 500);
  const text = [
    `${prefix}${heading}`,
    '',
    ...facts.map(({ label, value }) => `${label}: ${value}`),
    '',
    url === ''
      ? `Answer on the command line: npx firebreak do ${crisis} approve --request ${oneLine(asked.request)}`
      : `Approve or reject: ${url}`,
    '',
    ...(bridge ? [`Bridge: ${bridge}`] : []),
    `Crisis: ${crisis}`,
    ...(drill ? ['', 'This is a drill. Nothing is really broken.'] : []),
    '',
  ].join('\n');
  return {
    subject: `${prefix}${heading}`,
    text,
    html: html({ heading, tone: toneOf(severity), drill, facts, url: webLink(url) ?? '', bridge, crisis, footer }),
  };
};
