import type { Action, ParameterValues } from '../action.js';
import type { Approval, Crisis } from '../crisis.js';
import type { Plan } from '../plan.js';
import type { RunContext } from '../event.js';
import { approvalsFor, rolesToRun } from './authority.js';
import { own } from './own.js';
import { keyFor, record, type Decision } from './decision.js';
import { nameOf, rosterOf } from './questions.js';
import { tellPeople } from './telling.js';

/** What is asked for, as whoever approves it must know it, and which roles they hold. */
export type Subject = Pick<Action, 'title' | 'risk' | 'mayRun' | 'parameters'>;

/** What a request is about, as the plan knows it; undefined when it knows it no more. */
export const subjectOf = (
  { actions, audiences, authority }: Plan,
  { action, parameters, context }: Pick<Approval, 'action' | 'parameters' | 'context'>,
): Subject | undefined => {
  if (context.as !== 'announcement') return own(actions, action);
  const audience = own(audiences, String(parameters['audience']));
  const mayRun = authority?.outsideText?.approvedBy;
  return audience && mayRun && { title: `Tell ${audience.title}`, risk: 'guarded', mayRun, parameters: {} };
};

/** Everybody who may approve what somebody else asks for; of a restricted crisis only those may whom it names. */
const mayApprove = (crisis: Crisis, plan: Plan, action: Pick<Subject, 'mayRun'>, requester: string): string[] =>
  Object.keys(rosterOf(crisis, plan).people).filter(
    (person) =>
      person !== requester &&
      rolesToRun(crisis, plan, action, person).length > 0 &&
      (crisis.restricted === undefined || crisis.restricted.named.includes(person)),
  );

/** What the mail says of it. That of a restricted crisis says nothing of the matter: its link shows that. */
const saidOf = (d: Decision, action: Subject, { parameters, reason }: Approval) =>
  d.crisis.restricted
    ? { title: 'an action; the link shows which', parameters: {} }
    : { title: action.title, parameters: masked(parameters, action), ...(reason !== undefined && { reason }) };

const masked = (parameters: ParameterValues, action: Subject): ParameterValues =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, action.parameters[name]?.secret ? '•••' : value]),
  );

/** Tells those who may approve, each with a link of their own. When there is nobody, the timeline says so. */
const askToApprove = (d: Decision, request: string, action: Subject): void => {
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

type ToRequest = {
  action: string;
  parameters: ParameterValues;
  context: RunContext;
  by: string;
  reason?: string | undefined;
  /** How many must approve; as many as the action says unless given. */
  needs?: number;
};

/** Puts a request on record, for those who may approve to answer before it lapses. */
export const requestApproval = (d: Decision, { needs, reason, ...asked }: ToRequest): void => {
  const action = d.plan.actions[asked.action];
  const request = keyFor(d, 'approval', d.crisis.seq);
  const subject = subjectOf(d.plan, asked);
  // Crises from before there were requests for texts go on as they were recorded.
  const said = d.plan.authority?.outsideText && subject ? { title: subject.title, risk: subject.risk } : {};
  record(d, {
    type: 'approvalRequested',
    request,
    ...asked,
    lapsesAt: d.at + d.plan.approvalLapsesAfterMs,
    needs: needs ?? (action ? approvalsFor(d.plan, action) : 1),
    ...(reason !== undefined && { reason }),
    ...said,
  });
  if (d.plan.authority && subject) askToApprove(d, request, subject);
};
