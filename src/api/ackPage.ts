import type { Crisis } from '../domain/crisis.js';
import { spokenWhole } from '../domain/duration.js';
import { severityNames } from '../domain/severity.js';
import { webLink } from '../intake/text.js';
import { html, type Html } from './html.js';
import { momentIn, page, row } from './pageFrame.js';

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

const factsOf = (crisis: Crisis, { timeZone, now, bridge }: AckView): Html[] => [
  row('Why', crisis.classification.why),
  ...(crisis.services.length > 0 ? [row('Affected', crisis.services.join(', '))] : []),
  ...(bridge === undefined
    ? []
    : [row('Bridge', webLink(bridge) ? html`<a href="${webLink(bridge)}">${bridge}</a>` : bridge)]),
  row('Since', `${momentIn(timeZone, crisis.startedAt)}, ${spokenWhole(now - crisis.startedAt)} ago`),
  row('Status', crisis.status),
];

/** How bad, and what. */
export const heading = (crisis: Crisis): Html => {
  const { severity } = crisis.classification;
  return html`<p>
      <span class="severity ${severity}">${severity} ${severityNames[severity]}</span
      >${crisis.mode === 'drill' ? html`<span class="drill">[DRILL]</span>` : undefined}
    </p>
    <h1>${crisis.title}</h1>`;
};

/** The page behind a link in a message: what is wrong, since when, who is asked, and one button. */
export const ackPage = (view: AckView): string => {
  const { crisis, crisisId, person, said, asks } = view;
  const button = html`<form method="post"><button type="submit">Acknowledge</button></form>
    <p class="quiet">It tells everybody that you, ${person}, are on it; then nobody else is paged for this.</p>`;
  return page(
    crisis ? `${crisis.classification.severity} ${crisis.title}` : crisisId,
    html`${crisis ? heading(crisis) : html`<h1>${crisisId}</h1>`}
      ${said === undefined ? undefined : html`<p class="said" role="status">${said}</p>`} ${asks ? button : undefined}
      <dl>${row('Asked', person)} ${crisis ? factsOf(crisis, view) : undefined} ${row('Crisis', crisisId)}</dl>`,
  );
};
