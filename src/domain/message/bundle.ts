import type { PageMessage } from '../effect.js';
import { spokenWhole } from '../duration.js';
import { htmlTemplate } from './engine.js';
import { oneLine, webLink } from './inert.js';
import { toneOf } from './layout.js';
import { headOf, type PageFrame, type PageTexts } from './page.js';
import { referenceLine } from './reference.js';
import { toGsm } from './sms.js';

/** One page of a bundle, with the link that acknowledges its crisis and no other. */
export type Bundled = { message: PageMessage; ackUrl: string };
type Frame = Pick<PageFrame, 'key' | 'now'>;

const html = htmlTemplate(`
{% for each in crises %}<tr><td colspan="2" style="padding:12px 18px 0;font-weight:600;border-top:1px solid #d8dee4">{{ each.head }}</td></tr>
{% render 'row', label: 'Why', value: each.why %}
{% render 'row', label: 'Why you', value: each.reason %}
{% render 'row', label: 'Since', value: each.since %}
{% render 'row', label: 'Crisis', value: each.crisis %}
<tr><td colspan="2" style="padding:6px 18px 12px"><a href="{{ each.ackUrl }}" style="display:block;padding:10px;background:#1a5fb4;color:#fff;text-align:center;text-decoration:none;border-radius:6px;font-weight:600">Acknowledge {{ each.crisis }}</a></td></tr>
{% endfor %}{% render 'row', label: 'Message', value: reference %}`);

const footer =
  'Sent by Firebreak because you are on call. You have had many pages in a short time, so these came together; each is acknowledged by its own button.';

const worstFirst = (a: Bundled, b: Bundled): number => a.message.severity.localeCompare(b.message.severity);

const entryOf = ({ message, ackUrl }: Bundled, now: number) => {
  const { level, matter } = headOf(message);
  return {
    head: `${level} · ${matter}`,
    why: oneLine(message.why),
    reason: oneLine(message.reason),
    since: `${spokenWhole(now - message.declaredAt)} ago`,
    crisis: oneLine(message.crisisId, 100),
    ackUrl: webLink(ackUrl) ?? '',
  };
};

/** One message for several pages, the worst first: every crisis by name, each with its own link. */
export const renderBundle = (bundled: readonly Bundled[], { key, now }: Frame): PageTexts => {
  const sorted = bundled.toSorted(worstFirst);
  const entries = sorted.map((each) => entryOf(each, now));
  const severity = sorted[0]?.message.severity ?? '';
  const count = new Set(sorted.map(({ message }) => message.crisisId)).size;
  const heading = `${count} ${count === 1 ? 'crisis' : 'crises'} at once, the worst ${entries[0]?.head ?? ''}`;
  const text = [
    heading,
    '',
    ...entries.flatMap((each) => [
      each.head,
      `Why: ${each.why}`,
      `Why you: ${each.reason}`,
      `Since: ${each.since}`,
      `Crisis: ${each.crisis}`,
      `Acknowledge: ${each.ackUrl}`,
      '',
    ]),
    `Message: ${referenceLine(key)}`,
    '',
  ].join('\n');
  return {
    subject: oneLine(heading, 200),
    text,
    html: html({
      heading,
      tone: toneOf(severity),
      drill: false,
      crises: entries,
      reference: referenceLine(key),
      footer,
    }),
    sms: [`${count} at once`, ...sorted.map(smsLine), referenceLine(key)].join('\n'),
  };
};

/** What a crisis takes in a text message: one line of words, and its link whole. */
export const smsLine = ({ message, ackUrl }: Bundled): string =>
  `${toGsm(`${oneLine(message.severity, 10)} ${headOf(message).matter}`).slice(0, 60)}\n${ackUrl}`;

/** A provider takes a text message of up to 1,600 characters (Twilio's limit); the frame and the reference need some. */
const smsRoom = 1_450;

/** Pages that fit into one text message each; a link is never cut. */
export const smsPortions = <Item extends Bundled>(bundled: readonly Item[]): Item[][] => {
  const portions: Item[][] = [];
  let room = 0;
  for (const each of bundled.toSorted(worstFirst)) {
    const needed = smsLine(each).length + 1;
    if (needed > room) {
      portions.push([]);
      room = smsRoom;
    }
    portions.at(-1)?.push(each);
    room -= needed;
  }
  return portions;
};
