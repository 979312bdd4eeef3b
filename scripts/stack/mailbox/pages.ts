import { Liquid } from 'liquidjs';
import type { Mail } from './mail.js';
import { snippet } from './mailpit.js';

// Everything a mail says is hostile until proven otherwise: all output is escaped.
const liquid = new Liquid({ outputEscape: 'escape', strictVariables: true, strictFilters: true });

const layout = (refresh: string, body: string) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">${refresh}
<title>{{ title }}</title><style>
:root{color-scheme:light dark}
body{font:16px/1.45 system-ui,sans-serif;max-width:46rem;margin:0 auto;padding:1rem;overflow-wrap:anywhere}
a{color:inherit}h1{font-size:1.25rem}ul{list-style:none;padding:0}small,dt{opacity:.7}
li a{display:block;padding:.75rem 0;border-bottom:1px solid #8886;text-decoration:none}
pre{white-space:pre-wrap;font-size:.9rem}iframe{width:100%;height:60vh;border:1px solid #8886;background:#fff}
dl{font-size:.85rem}dd{margin:0 0 .4rem}
</style></head><body>${body}</body></html>`;

const list = liquid.parse(
  layout(
    '<meta http-equiv="refresh" content="5">',
    `<h1>{{ title }}</h1>
{% if mails.size == 0 %}<p>No mail yet. This page looks again every five seconds.</p>{% endif %}
<ul>{% for mail in mails %}<li><a href="/mail/{{ mail.id }}"><strong>{{ mail.subject }}</strong><br>
<small>{{ mail.at }} &middot; to {{ mail.to }}</small><br>{{ mail.snippet }}</a></li>{% endfor %}</ul>`,
  ),
);

const one = liquid.parse(
  layout(
    '',
    `<p><a href="/">All mail</a></p><h1>{{ title }}</h1>
<p><small>{{ at }}</small><br>from {{ from }}<br>to {{ to }}</p>
{% if hasHtml %}<iframe src="/mail/{{ id }}/html" title="The mail as sent"
 sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>{% endif %}
<h2>Text</h2><pre>{{ text }}</pre>
<details><summary>Headers</summary><dl>{% for header in headers %}<dt>{{ header.name }}</dt><dd>{{ header.value }}</dd>{% endfor %}</dl></details>`,
  ),
);

const person = ({ name, address }: Mail['from']): string => (name ? `${name} <${address}>` : address);
const people = (mail: Mail): string => mail.to.map(person).join(', ');
const shown = (subject: string): string => subject || '(no subject)';

/** All mails, newest first, as a page that looks again by itself. */
export const listPage = async (mails: readonly Mail[]): Promise<string> =>
  (await liquid.render(list, {
    title: `Mailbox (${mails.length})`,
    mails: mails.map((mail) => ({
      id: mail.id,
      subject: shown(mail.subject),
      at: mail.receivedAt.toISOString(),
      to: people(mail),
      snippet: snippet(mail).slice(0, 120),
    })),
  })) as string;

/** One mail; its HTML part comes in a frame that may run nothing. */
export const mailPage = async (mail: Mail): Promise<string> =>
  (await liquid.render(one, {
    id: mail.id,
    title: shown(mail.subject),
    at: mail.receivedAt.toISOString(),
    from: person(mail.from),
    to: people(mail),
    hasHtml: mail.html !== undefined,
    text: mail.text,
    headers: mail.headers,
  })) as string;
