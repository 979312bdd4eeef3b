import { createHash } from 'node:crypto';
import type { Crisis } from '../domain/crisis.js';
import { spoken } from '../domain/duration.js';
import { severityNames } from '../domain/severity.js';
import { webLink } from '../intake/text.js';
import { Html, html } from './html.js';

const style = `:root{color-scheme:light dark;font:18px/1.5 system-ui,sans-serif}
body{margin:0 auto;max-width:34rem;padding:1rem;overflow-wrap:anywhere}
h1{font-size:1.5rem;line-height:1.25;margin:.5rem 0}
dt{font-size:.85rem;opacity:.75;margin-top:.75rem}dd{margin:0}
.severity{display:inline-block;padding:.1rem .6rem;border-radius:.3rem;background:#333;color:#fff;font-weight:700}
.P0{background:#a30000}.P1{background:#8a4b00}
.said{border-left:.3rem solid;padding-left:.75rem;font-weight:600}
button{width:100%;margin:1.5rem 0;padding:1.1rem;font:inherit;font-size:1.3rem;font-weight:700;color:#fff;background:#0b5d1e;border:0;border-radius:.5rem}`;

/** No script, nothing from elsewhere, not in a frame; the form may only come back here. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

// Not through the template: the hash in the policy is over exactly this text, quotes and all.
const styleElement = new Html(`<style>${style}</style>`);

const head = (title: string): Html =>
  html`<head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="robots" content="noindex" />
    <title>${title}</title>
    ${styleElement}
  </head>`;

const page = (title: string, body: Html): string =>
  html`<!doctype html>
    <html lang="en">
      ${head(title)}
      <body>
        ${body}
      </body>
    </html>`.text;

/** A page that only says something: a link that has expired, a server that cannot be reached. */
export const plainPage = (title: string, said: string): string =>
  page(
    title,
    html`<h1>${title}</h1>
      <p>${said}</p>`,
  );

export type AckView = {
  /** Absent while the crisis does not answer: the acknowledgement is taken all the same. */
  crisis: Crisis | undefined;
  crisisId: string;
  /** Who is asked, by name, and the zone in which times are told. */
  person: string;
  timeZone: string;
  bridge: string | undefined;
  now: number;
  /** What is to be said first: the result of the button, or who has acknowledged already. */
  said: string | undefined;
  /** Whether there is anything left to acknowledge. */
  asks: boolean;
};

/** A moment as a person in that zone reads it, the zone named. */
export const momentIn = (timeZone: string, at: number): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long', timeZone }).format(at);

const row = (name: string, value: string | Html): Html =>
  html`<dt>${name}</dt>
    <dd>${value}</dd>`;

const factsOf = (crisis: Crisis, { timeZone, now, bridge }: AckView): Html[] => [
  row('Why', crisis.classification.why),
  ...(crisis.services.length > 0 ? [row('Affected', crisis.services.join(', '))] : []),
  row('Since', `${momentIn(timeZone, crisis.startedAt)}, ${spoken(now - crisis.startedAt)} ago`),
  row('Status', crisis.status),
  ...(bridge === undefined
    ? []
    : [row('Bridge', webLink(bridge) ? html`<a href="${webLink(bridge)}">${bridge}</a>` : bridge)]),
];

const heading = (crisis: Crisis): Html => {
  const { severity } = crisis.classification;
  return html`<p>
      <span class="severity ${severity}">${severity} ${severityNames[severity]}</span
      >${crisis.mode === 'drill' ? ' [DRILL]' : ''}
    </p>
    <h1>${crisis.title}</h1>`;
};

/** The page behind a link in a message: what is wrong, since when, who is asked, and one button. */
export const ackPage = (view: AckView): string => {
  const { crisis, crisisId, person, said, asks } = view;
  const button = html`<form method="post"><button type="submit">Acknowledge</button></form>`;
  return page(
    crisis ? `${crisis.classification.severity} ${crisis.title}` : crisisId,
    html`${crisis ? heading(crisis) : html`<h1>${crisisId}</h1>`}
      ${said === undefined ? undefined : html`<p class="said" role="status">${said}</p>`} ${asks ? button : undefined}
      <dl>${row('Asked', person)} ${crisis ? factsOf(crisis, view) : undefined} ${row('Crisis', crisisId)}</dl>`,
  );
};
