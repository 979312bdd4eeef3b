import type { Action, ParameterValues } from '../action.js';
import type { Crisis } from '../crisis.js';
import type { Plan } from '../plan.js';
import type { RunContext } from '../event.js';
import { approvalsFor, rolesToRun } from './authority.js';
import { keyFor, record, type Decision } from './decision.js';
import { nameOf, rosterOf } from './questions.js';
import { tellPeople } from './telling.js';

/** Everybody who may approve what somebody else asks for. */
const mayApprove = (crisis: Crisis, plan: Plan, action: Pick<Action, 'mayRun'>, requester: string): string[] =>
  Object.keys(rosterOf(crisis, plan).people).filter(
    (person) => person !== requester && rolesToRun(crisis, plan, action, person).length > 0,
  );

const masked = (parameters: ParameterValues, action: Action): ParameterValues =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, action.parameters[name]?.secret ? '•••' : value]),
  );

/** Tells those who may approve, each with a link of their own. When there is nobody, the timeline says so. */
const askToApprove = (d: Decision, request: string, action: Action): void => {
  const asked = d.crisis.approvals[request];
  if (!asked) return;
  const { by, needs, lapsesAt, parameters, reason } = asked;
  const people = mayApprove(d.crisis, d.plan, action, by);
  if (people.length < needs)
    record(d, {
      type: 'effectFailed',
      what: `asking for ${needs === 1 ? 'an approval' : `${needs} approvals`}`,
      reason: `${people.length === 0 ? 'nobody' : `only ${people.join(', ')}`} beside ${nameOf(d.crisis, d.plan, by)} holds ${action.mayRun.join(', ')}; in need the glass can be broken`,
    });
  if (people.length === 0) return;
  tellPeople(d, {
    template: 'approval-request',
    audienceId: 'approvers',
    title: 'Those who may approve',
    people,
    occasion: 'update',
    asks: {
      request,
      title: action.title,
      risk: action.risk,
      parameters: masked(parameters, action),
      by: nameOf(d.crisis, d.plan, by),
      ...(reason !== undefined && { reason }),
      needs,
      lapsesAt,
    },
  });
};

/** Puts a request on record, for those who may approve to answer before it lapses. */
export const requestApproval = (
  d: Decision,
  actionId: string,
  parameters: ParameterValues,
  context: RunContext,
  by: string,
  reason?: string,
): void => {
  const action = d.plan.actions[actionId];
  const request = keyFor(d, 'approval', d.crisis.seq);
  record(d, {
    type: 'approvalRequested',
    request,
    action: actionId,
    parameters,
    context,
    by,
    lapsesAt: d.at + d.plan.approvalLapsesAfterMs,
    needs: action ? approvalsFor(d.plan, action) : 1,
    ...(reason !== undefined && { reason }),
  });
  if (d.plan.authority && action) askToApprove(d, request, action);
};
