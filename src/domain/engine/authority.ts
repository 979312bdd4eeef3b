import type { Action, ParameterValues } from '../action.js';
import type { RunContext } from '../event.js';
import { spoken } from '../duration.js';
import type { Crisis } from '../crisis.js';
import type { Plan } from '../plan.js';
import { keyFor, record, type Decision } from './decision.js';
import { own } from './own.js';
import { rosterOf } from './questions.js';

/** With which authority an action may run now; undefined when somebody has to approve it first. */
export const authorityFor = ({ crisis, plan: _plan, at }: Decision, action: Action): string | undefined => {
  if (action.risk === 'safe') return 'safe: it needs no approval';
  const left = crisis.declaredAt + action.preAuthorisedForMs - at;
  if (left > 0) return `pre-authorised by policy for the first ${spoken(action.preAuthorisedForMs)}`;
  return action.approvals === 0 ? 'no approval is required' : undefined;
};

export const requestApproval = (
  d: Decision,
  actionId: string,
  parameters: ParameterValues,
  context: RunContext,
  by: string,
  reason?: string,
): void => {
  const needs = d.plan.actions[actionId]?.approvals ?? 1;
  const request = keyFor(d, 'approval', d.crisis.seq);
  const lapsesAt = d.at + d.plan.approvalLapsesAfterMs;
  record(d, {
    type: 'approvalRequested',
    request,
    action: actionId,
    parameters,
    context,
    by,
    lapsesAt,
    needs,
    ...(reason !== undefined && { reason }),
  });
};

/** Why this person may not approve; undefined when she may. */
export const whyNotApprove = (crisis: Crisis, plan: Plan, request: string, by: string): string | undefined => {
  const approval = own(crisis.approvals, request);
  if (!approval) return `there is no request "${request}"`;
  if (approval.status !== 'open') return `the request is ${approval.status}`;
  if (approval.by === by) return 'whoever asks cannot approve';
  if (approval.approvedBy.includes(by)) return `${by} has approved already`;
  const may = plan.actions[approval.action]?.mayRun ?? [];
  const holds = (role: string): boolean =>
    (own(rosterOf(crisis, plan).people, by)?.roles as readonly string[] | undefined)?.includes(role) === true ||
    Object.entries(crisis.roles).some(([r, person]) => r === role && person === by);
  return may.some(holds) ? undefined : `${by} holds none of the roles that may approve: ${may.join(', ')}`;
};
