import { spoken, spokenWhole } from '../duration.js';
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
{% for fact in facts %}{% render 'row', label: fact.label, value: fact.value %}{% endfor %}
<tr><td colspan="2" style="padding:14px 18px"><a href="{{ ackUrl }}" style="display:block;padding:14px;background:#1a5fb4;color:#fff;text-align:center;text-decoration:none;border-radius:6px;font-weight:600">Acknowledge</a></td></tr>
{% render 'row', label: 'Next', value: next %}
{% render 'link', label: 'Bridge', value: bridge %}
{% render 'row', label: 'Crisis', value: crisis %}`);

type Line = { label: string; value: string };

/** A page in a few words: how bad, and what. */
export const headOf = (message: PageMessage): { level: string; matter: string } => {
  const { severity } = message;
  const level = isSeverity(severity) ? `${severity} ${severityNames[severity]}` : oneLine(severity, 40);
  const matter = [oneLine(message.services.join(', '), 80), oneLine(message.title, 160)].filter(Boolean).join(' · ');
  return { level, matter };
};

const factsOf = (message: PageMessage, { now, possibleRepeat }: PageFrame): Line[] =>
  [
    { label: 'Why', value: oneLine(message.why) },
    { label: 'Since', value: `${clock(message.declaredAt)} (${spokenWhole(now - message.declaredAt)} ago)` },
    { label: 'Why you', value: oneLine(message.reason) },
    { label: 'Late', value: lateness(message) },
    { label: 'Note', value: possibleRepeat ? 'this may be a repeat; nobody can say whether the first one came' : '' },
  ].filter(({ value }) => value !== '');

const footer =
  'Sent by Firebreak because you are on call. The link shows the crisis; only the button there acknowledges.';

/** The page for someone who was asleep a moment ago: what, why, since when, what is asked, and what happens otherwise. */
export const renderPage = (message: PageMessage, frame: PageFrame): PageTexts => {
  const { key, ackUrl, drill, possibleRepeat } = frame;
  const { level, matter } = headOf(message);
  const facts = factsOf(message, frame);
  const next = oneLine(message.next);
  const bridge = oneLine(message.bridge ?? '', 500);
  const crisis = `${oneLine(message.crisisId, 100)}, ${referenceLine(key)}`;
  const prefix = drill ? '[DRILL] ' : '';
  const text = [
    `${prefix}${level} · ${matter}`,
    '',
    ...facts.map(({ label, value }) => `${label}: ${value}`),
    '',
    `Acknowledge: ${ackUrl}`,
    ...(next ? [next] : []),
    '',
    ...(bridge ? [`Bridge: ${bridge}`] : []),
    `Crisis: ${crisis}`,
    ...(drill ? ['', 'This is a drill. Nothing is really broken.'] : []),
    '',
  ].join('\n');
  const heading = `${level} · ${matter}`;
  const tone = toneOf(message.severity);
  return {
    subject: `${prefix}${level}: ${matter}`,
    text,
    html: html({ heading, tone, drill, facts, ackUrl: webLink(ackUrl) ?? '', next, bridge, crisis, footer }),
    sms: smsText(key, `${prefix}${possibleRepeat ? 'Repeat? ' : ''}${oneLine(message.severity, 10)} ${matter}`, ackUrl),
  };
};
