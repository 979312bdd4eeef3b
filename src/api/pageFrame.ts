import { createHash } from 'node:crypto';
import { Html, html } from './html.js';

/** Read at 03:00 on a telephone: dark where the telephone is, large, and one thing to press. */
const style = `:root{color-scheme:light dark;font:20px/1.45 system-ui,sans-serif;--ground:#f3f4f6;--card:#fff;--ink:#14171c;--quiet:#545b68;--line:#d8dce3;--p0:#b3001b;--p1:#8a4b00;--other:#3c4453;--go:#0b6b2e;--link:#0b4fb3}
@media(prefers-color-scheme:dark){:root{--ground:#0a0c10;--card:#14181f;--ink:#eef1f5;--quiet:#a4adba;--line:#2b323d;--p0:#b8102a;--p1:#9a5a08;--other:#4a5364;--go:#1c7a3c;--link:#8fbcff}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);overflow-wrap:anywhere}
main{max-width:36rem;margin:0 auto;padding:1rem 1rem 2rem}
h1{font-size:1.6rem;line-height:1.2;margin:.6rem 0 .8rem}
p{margin:.6rem 0}
.severity{display:inline-block;padding:.15rem .7rem;border-radius:.4rem;background:var(--other);color:#fff;font-weight:700}
.P0{background:var(--p0)}.P1{background:var(--p1)}
.drill{display:inline-block;margin-left:.5rem;padding:.05rem .6rem;border:.1rem dashed;border-radius:.4rem;font-weight:700}
.said{padding:.8rem 1rem;border-left:.35rem solid var(--go);border-radius:.4rem;background:var(--card);font-weight:600}
.quiet,dt{color:var(--quiet);font-size:.85rem}
form{margin:1.2rem 0}
button{display:block;width:100%;min-height:4.2rem;padding:1rem;font:inherit;font-size:1.4rem;font-weight:700;color:#fff;background:var(--go);border:0;border-radius:.7rem;cursor:pointer}
button.no{background:var(--p0);min-height:3.2rem;font-size:1.1rem}
button:active{filter:brightness(.85)}
:focus-visible{outline:.2rem solid var(--link);outline-offset:.2rem}
a{color:var(--link)}
dl{margin:1.2rem 0 0;padding:.3rem 1rem;border:1px solid var(--line);border-radius:.7rem;background:var(--card)}
dl>div{padding:.6rem 0}dl>div+div{border-top:1px solid var(--line)}dd{margin:0}`;

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

/** A whole page in the one look that all of them have. */
export const page = (title: string, body: Html): string =>
  html`<!doctype html>
    <html lang="en">
      ${head(title)}
      <body>
        <main>${body}</main>
      </body>
    </html>`.text;

/** A page that only says something: a link that has expired, a server that cannot be reached. */
export const plainPage = (title: string, said: string): string =>
  page(
    title,
    html`<h1>${title}</h1>
      <p>${said}</p>`,
  );

/** A moment as a person in that zone reads it, the zone named. */
export const momentIn = (timeZone: string, at: number): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long', timeZone }).format(at);

/** One labelled fact. */
export const row = (name: string, value: string | Html): Html =>
  html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
