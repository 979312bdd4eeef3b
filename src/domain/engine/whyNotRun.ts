import type { Action } from '../action.js';
import type { CommandOf } from '../command.js';
import type { Approval, Crisis } from '../crisis.js';
import type { Plan } from '../plan.js';
import { subjectOf } from './approvalRequests.js';
import { rolesHeld, rolesToRun } from './authority.js';
import { own } from './own.js';

/** What is known of whoever gives a command, and when. */
export type Asking = {
  at: number;
  /** Whose identity is proven; absent when it is not, then `doubt` may say why. */
  proven?: string;
  doubt?: string;
};

/** Why somebody's word is not enough; undefined when it is proven that it is theirs. */
export const whyUnproven = (by: string, { proven, doubt }: Asking): string | undefined =>
  proven === by ? undefined : `the identity of ${by} is not proven${doubt === undefined ? '' : ` (${doubt})`}`;

const holdsNone = (by: string, what: string, roles: readonly string[]): string =>
  `${by} holds none of the roles that may ${what}: ${roles.join(', ')}`;

/** The dangerous actions that running something would come to, as it is configured now. */
const dangersIn = (plan: Plan, what: string): Action[] => {
  const steps = own(plan.playbook.procedures, what)?.steps;
  const ids = steps ? steps.flatMap(({ slot }) => own(plan.slots, slot) ?? []) : [what];
  return ids.flatMap((id) => own(plan.actions, id) ?? []).filter(({ risk }) => risk !== 'safe');
};

const whyNotBreak = (
  crisis: Crisis,
  plan: Plan,
  { by, reason }: { by: string; reason?: string | undefined },
  asking: Asking,
): string | undefined => {
  if (!plan.authority) return 'this crisis began before glass could be broken';
  const doubt = whyUnproven(by, asking);
  if (doubt !== undefined) return doubt;
  const { roles } = plan.authority.breakGlass;
  if (!rolesHeld(crisis, plan, by).some((role) => (roles as readonly string[]).includes(role)))
    return holdsNone(by, 'break the glass', roles);
  return reason === undefined ? 'breaking the glass wants a reason' : undefined;
};

/** Why this may not be run, or asked for, by whom it is; undefined when it may. */
export const whyMayNotRun = (crisis: Crisis, plan: Plan, c: CommandOf<'run'>, asking: Asking): string | undefined => {
  const isProcedure = own(plan.playbook.procedures, c.what) !== undefined;
  if (c.breakGlass)
    return isProcedure
      ? 'the glass is broken for one action, or for one request, never for a procedure'
      : whyNotBreak(crisis, plan, c, asking);
  const dangers = plan.authority ? dangersIn(plan, c.what) : [];
  const [first] = dangers;
  if (!first) return undefined;
  const doubt = whyUnproven(c.by, asking);
  if (doubt !== undefined) return `${doubt}, and ${isProcedure ? `"${first.title}" in it` : 'it'} is ${first.risk}`;
  const barred = dangers.find((action) => rolesToRun(crisis, plan, action, c.by).length === 0);
  return barred && holdsNone(c.by, `run "${barred.title}"`, barred.mayRun);
};

const openRequest = (crisis: Crisis, request: string, { at }: Asking): Approval | string => {
  const approval = own(crisis.approvals, request);
  if (!approval) return `there is no request "${request}"`;
  if (approval.status !== 'open') return `the request is ${approval.status}`;
  // Its clock may strike a moment later than this is read, above all after an outage of our own.
  return at >= approval.lapsesAt ? 'the request is lapsed' : approval;
};

/** Why this person may not approve; undefined when they may. */
export const whyMayNotApprove = (
  crisis: Crisis,
  plan: Plan,
  c: CommandOf<'approve'>,
  asking: Asking,
): string | undefined => {
  const { by } = c;
  const approval = openRequest(crisis, c.request, asking);
  if (typeof approval === 'string') return approval;
  if (c.breakGlass) return whyNotBreak(crisis, plan, c, asking);
  const doubt = plan.authority && whyUnproven(by, asking);
  if (doubt !== undefined) return doubt;
  if (approval.by === by) return 'whoever asks cannot approve';
  if (approval.approvedBy.includes(by)) return `${by} has approved already`;
  const subject = subjectOf(plan, approval);
  if (!subject) return `there is no action "${approval.action}"`;
  return rolesToRun(crisis, plan, subject, by).length > 0 ? undefined : holdsNone(by, 'approve', subject.mayRun);
};

/** Why this person may not reject; whoever asked may take it back. */
export const whyMayNotReject = (
  crisis: Crisis,
  plan: Plan,
  { by, request }: CommandOf<'reject'>,
  asking: Asking,
): string | undefined => {
  if (!plan.authority)
    return own(crisis.approvals, request)?.status === 'open' ? undefined : `there is no open request "${request}"`;
  const approval = openRequest(crisis, request, asking);
  if (typeof approval === 'string') return approval;
  const doubt = whyUnproven(by, asking);
  if (doubt !== undefined || approval.by === by) return doubt;
  const subject = subjectOf(plan, approval);
  if (!subject) return undefined;
  return rolesToRun(crisis, plan, subject, by).length > 0 ? undefined : holdsNone(by, 'reject', subject.mayRun);
};
