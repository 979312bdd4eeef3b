import type { Action } from '../domain/action.js';
import type { Approval, Crisis } from '../domain/crisis.js';
import { spoken } from '../domain/duration.js';
import { heading } from './ackPage.js';
import { html } from './html.js';
import { momentIn, page, row } from './pageFrame.js';

export type ApprovalView = {
  /** Absent while the crisis does not answer: then nothing can be judged, and nothing is asked. */
  crisis: Crisis | undefined;
  approval: Approval | undefined;
  /** As configured now; a crisis may have begun with another. It knows which parameters are secret. */
  action: Action | undefined;
  /** Who asks, and who is asked, by name. */
  requester: string;
  person: string;
  timeZone: string;
  now: number;
  /** What is to be said first. */
  said: string | undefined;
  asks: boolean;
};

const parametersOf = ({ parameters }: Approval, action: Action | undefined): string =>
  Object.entries(parameters)
    .map(([name, value]) => `${name}=${action?.parameters[name]?.secret ? '•••' : value}`)
    .join(', ') || 'none';

/** As the crisis has it pinned; one from before that was kept says it by the configuration of now. */
const titleOf = ({ action: id, title, risk }: Approval, action: Action | undefined): string => {
  if (title !== undefined) return `${title} (${risk ?? 'guarded'})`;
  return action ? `${action.title} (${action.risk})` : id;
};

const factsOf = ({ approval, action, requester, timeZone, now }: ApprovalView) =>
  approval
    ? [
        row('Action', titleOf(approval, action)),
        row('With', parametersOf(approval, action)),
        row('Asked by', requester),
        ...(approval.reason === undefined ? [] : [row('Reason', approval.reason)]),
        row('Approved by', approval.approvedBy.join(', ') || `nobody yet; it needs ${approval.needs}`),
        row(
          'Lapses',
          `${momentIn(timeZone, approval.lapsesAt)}${approval.lapsesAt > now ? `, in ${spoken(approval.lapsesAt - now)}` : ''}`,
        ),
      ]
    : [];

/** The page behind a link in a request: what would be done, who asks, and two buttons. */
export const approvalPage = (view: ApprovalView): string => {
  const { crisis, person, said, asks } = view;
  const buttons = html`<form method="post">
      <input type="hidden" name="answer" value="approve" /><button type="submit">Approve</button>
    </form>
    <form method="post">
      <input type="hidden" name="answer" value="reject" /><button class="no" type="submit">Reject</button>
    </form>
    <p class="quiet">Your answer, ${person}, is on record. It counts once.</p>`;
  return page(
    'Approval',
    html`${crisis ? heading(crisis) : html`<h1>Approval</h1>`}
      ${said === undefined ? undefined : html`<p class="said" role="status">${said}</p>`} ${asks ? buttons : undefined}
      <dl>
        ${row('You', person)} ${factsOf(view)} ${crisis ? row('Why', crisis.classification.why) : undefined}
        ${crisis ? row('Crisis', crisis.crisisId) : undefined}
      </dl>`,
  );
};
