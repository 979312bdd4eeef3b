import { Liquid, type Template } from 'liquidjs';
import { layout, link, row } from './layout.js';
import { webLink } from './inert.js';

/** Bounds for a template gone wrong: characters parsed, milliseconds and allocations of one rendering. */
const limits = { parseLimit: 100_000, renderLimit: 5_000, memoryLimit: 2_000_000 };

/** `2026-11-03T02:58:00.000Z` as a person reads it; anything else is left as it came. */
const utc = (iso: unknown): unknown =>
  typeof iso === 'string' ? iso.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*Z$/, '$1 $2 UTC') : iso;

const liquid = (escape: boolean): Liquid => {
  const engine = new Liquid({
    ...limits,
    templates: { layout, link, row },
    // Else the shared parts are parsed anew for every message.
    cache: true,
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    ...(escape ? { outputEscape: 'escape' as const } : {}),
  });
  engine.registerFilter('utc', utc);
  engine.registerFilter('web_link', (text: unknown) => (typeof text === 'string' ? (webLink(text) ?? '') : ''));
  return engine;
};

const plain = liquid(false);
const html = liquid(true);

/** A parsed template: values given to it are only ever shown, never parsed again. */
export type Rendering = (values: object) => string;

const rendering = (engine: Liquid, source: string): Rendering => {
  const parsed: Template[] = engine.parse(source);
  return (values) => String(engine.renderSync(parsed, values));
};

/** A plain-text template; empty lines in a row become one. */
export const textTemplate = (source: string): Rendering => {
  const render = rendering(plain, source);
  return (values) =>
    `${render(values)
      .replace(/\n{3,}/g, '\n\n')
      .trim()}\n`;
};

/** A template of one line, for subjects. */
export const lineTemplate = (source: string): Rendering => {
  const render = rendering(plain, source);
  return (values) => render(values).replace(/\s+/g, ' ').trim();
};

/** The content of a mail in the shared layout; every value is escaped. */
export const htmlTemplate = (source: string): Rendering =>
  rendering(html, `{% layout 'layout' %}{% block content %}${source}{% endblock %}`);
