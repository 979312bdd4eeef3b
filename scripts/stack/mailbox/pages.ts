import { Liquid } from 'liquidjs';
import type { Mail } from './mail.js';
import { snippet } from './mailpit.js';

// Everything a mail says is hostile until proven otherwise: all output is escaped.
const liquid = new Liquid({ outputEscape: 'escape', strictVariables: true, strictFilters: true });

const layout = (refresh: string, body: string) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">${refresh}
<title>{{ title }}</title><style>
:root{color-scheme:light dark;--ground:#f3f4f6;--card:#fff;--ink:#14171c;--quiet:#545b68;--line:#d8dce3;--link:#0b4fb3}
@media(prefers-color-scheme:dark){:root{--ground:#0a0c10;--card:#14181f;--ink:#eef1f5;--quiet:#a4adba;--line:#2b323d;--link:#8fbcff}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:17px/1.45 system-ui,sans-serif;overflow-wrap:anywhere}
main{max-width:48rem;margin:0 auto;padding:1rem}
h1{font-size:1.35rem;line-height:1.25;margin:.5rem 0}h2{font-size:1rem;margin:1.2rem 0 .4rem}
a{color:var(--link)}small,dt{color:var(--quiet);font-size:.85rem}
ul{list-style:none;margin:1rem 0;padding:0;border:1px solid var(--line);border-radius:.7rem;background:var(--card)}
li+li{border-top:1px solid var(--line)}
li a{display:block;padding:.8rem 1rem;color:inherit;text-decoration:none}li a:hover{background:var(--ground)}li strong,li small{display:block}li span{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden;color:var(--quiet)}
.back{display:inline-block;padding:.7rem .7rem .7rem 0}
:focus-visible{outline:.15rem solid var(--link);outline-offset:.1rem}
pre{white-space:pre-wrap;margin:0;padding:1rem;border:1px solid var(--line);border-radius:.7rem;background:var(--card);font-size:.9rem}
iframe{width:100%;height:60vh;border:1px solid var(--line);border-radius:.7rem;background:#fff;color-scheme:light}
details{margin-top:1.2rem}summary{padding:.7rem 0;cursor:pointer}dl{font-size:.85rem}dd{margin:0 0 .4rem}
</style></head><body><main>${body}</main></body></html>`;

const list = liquid.parse(
  layout(
    '<meta http-equiv="refresh" content="5">',
    `<h1>{{ title }}</h1>
{% if mails.size == 0 %}<p>No mail yet. This page looks again every five seconds.</p>
{% else %}<ul>{% for mail in mails %}<li><a href="/mail/{{ mail.id }}"><strong>{{ mail.subject }}</strong>
<small>{{ mail.at }} &middot; to {{ mail.to }}</small><span>{{ mail.snippet }}</span></a></li>{% endfor %}</ul>{% endif %}`,
  ),
);

const one = liquid.parse(
  layout(
    '',
    `<a class="back" href="/">&larr; All mail</a><h1>{{ title }}</h1>
<p><small>{{ at }}</small><br>from {{ from }}<br>to {{ to }}</p>
{% if hasHtml %}<iframe src="/mail/{{ id }}/html" title="The mail as sent"
 sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>{% endif %}
<h2>Text</h2><pre>{{ text }}</pre>
<details><summary>Headers</summary><dl>{% for header in headers %}<dt>{{ header.name }}</dt><dd>{{ header.value }}</dd>{% endfor %}</dl></details>`,
  ),
);

const person = ({ name, address }: Mail['from']): string => (name ? `${name} <${address}>` : address);
const people = (mail: Mail): string => mail.to.map(person).join(', ');
/** To the second, as people compare it with a clock. */
const moment = (at: Date): string => `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
const shown = (subject: string): string => subject || '(no subject)';

/** All mails, newest first, as a page that looks again by itself. */
export const listPage = async (mails: readonly Mail[]): Promise<string> =>
  (await liquid.render(list, {
    title: `Mailbox (${mails.length})`,
    mails: mails.map((mail) => ({
      id: mail.id,
      subject: shown(mail.subject),
      at: moment(mail.receivedAt),
      to: people(mail),
      snippet: snippet(mail).slice(0, 120),
    })),
  })) as string;

/** One mail; its HTML part comes in a frame that may run nothing. */
export const mailPage = async (mail: Mail): Promise<string> =>
  (await liquid.render(one, {
    id: mail.id,
    title: shown(mail.subject),
    at: moment(mail.receivedAt),
    from: person(mail.from),
    to: people(mail),
    hasHtml: mail.html !== undefined,
    text: mail.text,
    headers: mail.headers,
  })) as string;
