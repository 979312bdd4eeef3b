import { spoken } from '../duration.js';
import type { PageMessage } from '../effect.js';
import { severities, severityNames, type Severity } from '../severity.js';
import { htmlTemplate } from './engine.js';
import { oneLine, webLink } from './inert.js';
import { toneOf } from './layout.js';
import { referenceLine } from './reference.js';
import { smsText } from './sms.js';

/** What a page needs beside its message. `key` is the page's own; `now` in milliseconds since 1970. */
export type PageFrame = { key: string; ackUrl: string; drill: boolean; possibleRepeat: boolean; now: number };
export type PageTexts = { subject: string; text: string; html: string; sms: string };

const isSeverity = (word: string): word is Severity => severities.some((severity) => severity === word);

const clock = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const lateness = ({ lateMs = 0, missed = 0 }: PageMessage): string =>
  lateMs > 0
    ? `this page is ${spoken(lateMs)} late: Firebreak could not send in time` +
      (missed > 0 ? `; ${missed} earlier ${missed === 1 ? 'step was' : 'steps were'} passed over` : '')
    : '';

const html = htmlTemplate(`
{% for fact in before %}{% render 'row', label: fact.label, value: fact.value %}{% endfor %}
<tr><td colspan="2" style="padding:14px 18px"><a href="{{ ackUrl }}" style="display:block;padding:14px;background:#1a5fb4;color:#fff;text-align:center;text-decoration:none;border-radius:6px;font-weight:600">Acknowledge</a></td></tr>
{% render 'row', label: 'Otherwise', value: otherwise %}
{% render 'link', label: 'Bridge', value: bridge %}
{% render 'row', label: 'Crisis', value: crisis %}`);

type Line = { label: string; value: string };
const asText = (lines: readonly Line[]): string[] => lines.map(({ label, value }) => `${label}: ${value}`);

/** The page for someone who was asleep a moment ago: what, why, since when, what is asked, and what happens otherwise. */
export const renderPage = (message: PageMessage, frame: PageFrame): PageTexts => {
  const { key, ackUrl, drill, possibleRepeat, now } = frame;
  const level = isSeverity(message.severity)
    ? `${message.severity} ${severityNames[message.severity]}`
    : oneLine(message.severity, 40);
  const services = oneLine(message.services.join(', '), 80);
  const title = oneLine(message.title, 160);
  const headline = [level, services, title].filter(Boolean).join(' · ');
  const bridge = oneLine(message.bridge ?? '', 500);

  const lines = (all: readonly Line[]) => all.filter(({ value }) => value !== '');
  const before = lines([
    { label: 'Why', value: oneLine(message.why) },
    { label: 'Since', value: `${clock(message.declaredAt)} (${spoken(now - message.declaredAt)} ago)` },
    { label: 'Why you', value: oneLine(message.reason) },
    { label: 'Late', value: lateness(message) },
    {
      label: 'Note',
      value: possibleRepeat ? 'this may be a repeat: nobody can say whether the first one reached you' : '',
    },
  ]);
  const otherwise = { label: 'Otherwise', value: oneLine(message.next) };
  const crisis = { label: 'Crisis', value: `${oneLine(message.crisisId, 100)}, ${referenceLine(key)}` };
  const prefix = drill ? '[DRILL] ' : '';
  return {
    subject: `${prefix}${level}: ${[services, title].filter(Boolean).join(' · ')}`,
    text: [
      `${prefix}${headline}`,
      '',
      ...asText(before),
      '',
      `Acknowledge: ${ackUrl}`,
      '',
      ...asText(lines([otherwise, { label: 'Bridge', value: bridge }, crisis])),
      ...(drill ? ['', 'This is a drill. Nothing is really broken.'] : []),
      '',
    ].join('\n'),
    html: html({
      heading: headline,
      tone: toneOf(message.severity),
      drill,
      before,
      otherwise: otherwise.value,
      crisis: crisis.value,
      ackUrl: webLink(ackUrl) ?? '',
      bridge,
      footer:
        'Sent by Firebreak because you are on call. The link shows the crisis; only the button there acknowledges.',
    }),
    sms: smsText(
      key,
      `${prefix}${possibleRepeat ? 'Repeat? ' : ''}${message.severity} ${[services, title].filter(Boolean).join(': ')}`,
      ackUrl,
    ),
  };
};
