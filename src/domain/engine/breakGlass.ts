import type { Actor } from '../event.js';
import { subjectOf } from './approvalRequests.js';
import { record, type Decision } from './decision.js';
import { engageRung, tellRung } from './management.js';
import { own } from './own.js';
import { nameOf } from './questions.js';

type Broken = { action: string; reason: string; request?: string };

/** Somebody goes ahead without the approvals that are due: it is on record, and those above are paged and told at once. */
export const breakGlass = (d: Decision, actor: Actor, { action, reason, request }: Broken): void => {
  record(d, { type: 'glassBroken', action, reason, ...actor, ...(request !== undefined && { request }) });
  const asked = request === undefined ? undefined : own(d.crisis.approvals, request);
  const title = (asked ? subjectOf(d.plan, asked) : own(d.plan.actions, action))?.title ?? action;
  const broke = `${nameOf(d.crisis, d.plan, actor.by)} broke the glass`;
  const said = `${broke} to run "${title}": ${reason}`;
  const named = d.plan.authority?.breakGlass.rungs ?? [];
  const rungs = d.plan.ladder.filter(({ id }, index) => (named.length > 0 ? named.includes(id) : index === 0));
  if (rungs.length === 0)
    record(d, { type: 'effectFailed', what: 'announcing it upward', reason: 'no rung of management is configured' });
  for (const { id } of rungs) {
    tellRung(d, id, said, broke);
    engageRung(d, id, said);
  }
};
