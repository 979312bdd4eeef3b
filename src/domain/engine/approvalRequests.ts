import type { Action, ParameterValues } from '../action.js';
import type { Approval, Crisis } from '../crisis.js';
import type { Plan } from '../plan.js';
import type { RunContext } from '../event.js';
import { approvalsFor, rolesToRun } from './authority.js';
import { keyFor, record, type Decision } from './decision.js';
import { nameOf, rosterOf } from './questions.js';
import { tellPeople } from './telling.js';

/** Everybody who may approve what somebody else asks for; of a restricted crisis only those may whom it names. */
const mayApprove = (crisis: Crisis, plan: Plan, action: Pick<Action, 'mayRun'>, requester: string): string[] =>
  Object.keys(rosterOf(crisis, plan).people).filter(
    (person) =>
      person !== requester &&
      rolesToRun(crisis, plan, action, person).length > 0 &&
      (crisis.restricted === undefined || crisis.restricted.named.includes(person)),
  );

/** What the mail says of it. That of a restricted crisis says nothing of the matter: its link shows that. */
const saidOf = (d: Decision, action: Action, { parameters, reason }: Approval) =>
  d.crisis.restricted
    ? { title: 'an action; the link shows which', parameters: {} }
    : { title: action.title, parameters: masked(parameters, action), ...(reason !== undefined && { reason }) };

const masked = (parameters: ParameterValues, action: Action): ParameterValues =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, action.parameters[name]?.secret ? '•••' : value]),
  );

/** Tells those who may approve, each with a link of their own. When there is nobody, the timeline says so. */
const askToApprove = (d: Decision, request: string, action: Action): void => {
  const asked = d.crisis.approvals[request];
  if (!asked) return;
  const { by, needs, lapsesAt } = asked;
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
      ...saidOf(d, action, asked),
      risk: action.risk,
      by: nameOf(d.crisis, d.plan, by),
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
