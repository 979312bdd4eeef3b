import type { ActionResult, ParameterValues } from '../action.js';
import type { RunEffect } from '../effect.js';
import type { ActionPurpose, EventOf, RunContext } from '../event.js';
import { goBack, parametersOf } from './again.js';
import { announceApproved } from './announcing.js';
import { requestApproval } from './approvalRequests.js';
import { authorityFor, byApproval, byBreakingGlass, byConfiguration, type Granted } from './authority.js';
import { firebreak, keyFor, perform, record, type Decision } from './decision.js';
import { missingSlot, whatCame, whyNoneHelped } from './procedureWords.js';
import { isSettled, tasksOf } from './questions.js';
import { ask, callForHelp } from './stuck.js';
import { tell } from './telling.js';

export const startProcedure = (d: Decision, id: string, by: string): void => {
  if (!d.plan.playbook.procedures[id] || d.crisis.procedures[id]?.status === 'running') return;
  record(d, { type: 'procedureStarted', procedure: id, by });
  const missing = missingSlot(d, id);
  if (missing !== undefined) return end(d, id, 'failed', `nothing was begun: no action is configured for "${missing}"`);
  takeStep(d, id);
};

/** Runs an action whose authority is settled. */
export const startAction = (
  d: Decision,
  actionId: string,
  parameters: ParameterValues,
  purpose: ActionPurpose,
  context: RunContext,
  by: string,
  granted: Granted,
): void => {
  const action = d.plan.actions[actionId];
  if (!action) return record(d, { type: 'effectFailed', what: `action ${actionId}`, reason: 'it is not in the plan' });
  const key = keyFor(d, 'run', actionId, d.crisis.seq);
  const { words: authority, authority: grant } = granted;
  record(d, {
    type: 'actionStarted',
    key,
    action: actionId,
    purpose,
    context,
    by,
    authority,
    ...(d.plan.authority && { grant }),
  });
  perform(d, {
    kind: 'run',
    key,
    crisisId: d.crisis.crisisId,
    mode: d.crisis.mode,
    actionId,
    action,
    parameters,
    purpose,
    context,
    authority,
  });
};

const stepOf = (d: Decision, id: string) => {
  const state = d.crisis.procedures[id]!;
  const step = d.plan.playbook.procedures[id]?.steps[state.step];
  const actionId = step && d.plan.slots[step.slot];
  return { state, step, actionId, action: actionId === undefined ? undefined : d.plan.actions[actionId] };
};

/** Works on the step under the cursor: runs its action, asks for an approval, or passes over what is not configured. */
const takeStep = (d: Decision, id: string): void => {
  const { goal } = d.plan.playbook.procedures[id]!;
  const { state, step, actionId, action } = stepOf(d, id);
  if (!step && goal === 'everyStep') return end(d, id, 'succeeded', whatCame(d, id));
  if (!step) return end(d, id, 'failed', whyNoneHelped(d, id));
  if (actionId === undefined || !action) {
    record(d, {
      type: 'stepSkipped',
      procedure: id,
      step: state.step,
      reason: `${step.title}: no action is configured for "${step.slot}"`,
    });
    return goal === 'everyStep' && !step.optional
      ? end(d, id, 'failed', `no action is configured for "${step.slot}"`)
      : takeStep(d, id);
  }
  const context: RunContext = { as: 'procedure', procedure: id, step: state.step };
  const authority = authorityFor(d, action, state.by);
  if (authority === undefined)
    return requestApproval(d, { action: actionId, parameters: parametersOf(d, id), context, by: state.by });
  startAction(d, actionId, parametersOf(d, id), 'do', context, state.by, authority);
};

const end = (d: Decision, id: string, outcome: EventOf<'procedureEnded'>['outcome'], reason: string): void => {
  record(d, { type: 'procedureEnded', procedure: id, outcome, reason });
  const tasks = id === 'mitigate' ? tasksOf(d.plan).filter(({ does }) => does === 'mitigate') : [];
  for (const { id: task } of tasks) {
    if (outcome === 'succeeded') record(d, { type: 'taskDone', task, by: firebreak, note: reason });
    else record(d, { type: 'taskFailed', task, reason });
  }
  if (outcome === 'failed') callForHelp(d, id, reason);
  if (d.plan.playbook.procedures[id]?.mitigates === false) return;
  if (outcome !== 'succeeded' || !['triggered', 'acknowledged'].includes(d.crisis.status)) return;
  record(d, { type: 'mitigated', by: firebreak, note: reason });
  tell(d, 'change');
};

/** An action has ended: what it says decides where the procedure goes. */
export const afterAction = (d: Decision, { actionId, purpose, context }: RunEffect, result: ActionResult): void => {
  if (context.as === 'task')
    return record(d, {
      type: 'taskDone',
      task: context.task,
      by: firebreak,
      note: `${result.status}: ${result.summary}`,
    });
  if (context.as !== 'procedure') return;
  const procedure = d.crisis.procedures[context.procedure];
  if (procedure?.status !== 'running' || procedure.step !== context.step) return;
  if (purpose === 'do') return afterDoing(d, context.procedure, result);
  if (purpose === 'verify') return afterVerifying(d, context.procedure, result);
  const how =
    result.status === 'succeeded'
      ? 'it was taken back'
      : `taking it back with ${actionId} ${result.status}: ${result.summary}`;
  if (result.status === 'succeeded') end(d, context.procedure, 'failed', how);
  else ask(d, context.procedure, how);
};

const afterDoing = (d: Decision, id: string, result: ActionResult): void => {
  const { state, step, action } = stepOf(d, id);
  if (result.status === 'failed')
    return goBack(d, id, result.summary) ? takeStep(d, id) : onFailure(d, id, result.summary);
  if (result.status === 'succeeded' && step && step.bakeMs > 0)
    return record(d, { type: 'stepBaking', procedure: id, step: state.step, until: d.at + step.bakeMs });
  if (result.status === 'succeeded' && step?.verifiesItself && action?.verify === undefined)
    return verified(d, id, 'the action has verified itself', result.summary);
  verify(d, id);
};

/** Verifies the step under the cursor; after an uncertain outcome this decides whether it took effect at all. */
export const verify = (d: Decision, id: string): void => {
  const { state, step, action } = stepOf(d, id);
  const check = action?.verify ?? (step?.verifiesItself ? undefined : d.plan.slots['verify']);
  if (check === undefined || !d.plan.actions[check]) {
    if (state.uncertain && step?.verifiesItself && runOnceMore(d, id)) return;
    if (state.uncertain)
      return ask(
        d,
        id,
        `nobody can say whether "${step?.title ?? id}" took effect, and nothing is configured to verify it`,
      );
    return verified(d, id, 'it succeeded; nothing is configured to verify it');
  }
  startAction(
    d,
    check,
    {},
    'verify',
    { as: 'procedure', procedure: id, step: state.step },
    firebreak,
    byConfiguration('a verification changes nothing'),
  );
};

const verified = (d: Decision, id: string, reason: string, note = reason): void => {
  const { state, step } = stepOf(d, id);
  record(d, { type: 'stepVerified', procedure: id, step: state.step, ok: true, reason });
  for (const task of step?.completes ?? [])
    if (!isSettled(d.crisis, task)) record(d, { type: 'taskDone', task, by: firebreak, note });
  if (d.plan.playbook.procedures[id]?.goal === 'firstThatHelps')
    return end(d, id, 'succeeded', `${step?.title ?? 'the step'} helped: ${reason}`);
  takeStep(d, id);
};

const afterVerifying = (d: Decision, id: string, result: ActionResult): void => {
  const { state, step } = stepOf(d, id);
  if (result.status === 'succeeded') return verified(d, id, result.summary);
  const reason = `the verification says: ${result.summary}`;
  if (!state.uncertain) return goBack(d, id, reason) ? takeStep(d, id) : onFailure(d, id, reason);
  if (!runOnceMore(d, id)) ask(d, id, `nobody can say whether "${step?.title ?? id}" took effect, and ${reason}`);
};

/** What is declared idempotent is run a second time when its outcome is in doubt; false where it may not. */
const runOnceMore = (d: Decision, id: string): boolean => {
  const { state, actionId, action } = stepOf(d, id);
  const since = state.again?.at ?? state.startedAt;
  const before = d.crisis.actions.filter(
    ({ context, purpose, startedAt }) => purpose === 'do' && isSameStep(context, id, state.step) && startedAt >= since,
  );
  if (!action?.idempotent || actionId === undefined || before.length > 1) return false;
  const authority =
    authorityFor(d, action, state.by) ??
    byConfiguration('it was authorised when it first ran, and is declared idempotent');
  const context: RunContext = { as: 'procedure', procedure: id, step: state.step };
  startAction(d, actionId, parametersOf(d, id), 'do', context, state.by, authority);
  return true;
};

const isSameStep = (context: RunContext, procedure: string, step: number): boolean =>
  context.as === 'procedure' && context.procedure === procedure && context.step === step;

const onFailure = (d: Decision, id: string, reason: string): void => {
  const { state, step, action } = stepOf(d, id);
  if (!step || step.onFailure === 'ask') return ask(d, id, reason);
  if (step.onFailure === 'next') {
    record(d, { type: 'stepVerified', procedure: id, step: state.step, ok: false, reason });
    return takeStep(d, id);
  }
  const undo = action?.undo ?? d.plan.slots['rollback'];
  if (undo === undefined || !d.plan.actions[undo])
    return ask(d, id, `${reason}; nothing is configured to take it back`);
  startAction(
    d,
    undo,
    {},
    'undo',
    { as: 'procedure', procedure: id, step: state.step },
    firebreak,
    byConfiguration('taking back what was authorised'),
  );
};

/** Approved: what was asked for runs. */
export const runApproved = (d: Decision, request: string): void => {
  const { action, parameters, context, by, approvedBy, glass } = d.crisis.approvals[request]!;
  if (context.as === 'announcement') return announceApproved(d, request);
  if (context.as === 'procedure' && !waitsAt(d, context)) return;
  const authority = glass === undefined ? byApproval(approvedBy) : byBreakingGlass(approvedBy.at(-1) ?? by, glass);
  startAction(d, action, parameters, 'do', context, by, authority);
};

/** Rejected or lapsed: a procedure goes on without the step. */
export const withoutApproval = (d: Decision, request: string, reason: string): void => {
  const { context } = d.crisis.approvals[request]!;
  if (context.as !== 'procedure' || !waitsAt(d, context)) return;
  const { step } = stepOf(d, context.procedure);
  // Nothing has been done in this step, so there is nothing to take back.
  if (step?.onFailure === 'undo' && context.step === 0) return end(d, context.procedure, 'failed', reason);
  if (step?.onFailure === 'undo') return ask(d, context.procedure, `${reason}; what was done before it stays`);
  onFailure(d, context.procedure, reason);
};

const waitsAt = (d: Decision, { procedure, step }: Extract<RunContext, { as: 'procedure' }>): boolean => {
  const state = d.crisis.procedures[procedure];
  return state?.status === 'running' && state.stage === 'approval' && state.step === step;
};

/** Called off, with the crisis: what runs is cancelled, what waits is forgotten. */
export const cancelProcedures = (d: Decision, reason: string): void => {
  const active = Object.values(d.crisis.procedures).filter(({ status }) => status === 'running' || status === 'asking');
  for (const { id } of active) record(d, { type: 'procedureEnded', procedure: id, outcome: 'cancelled', reason });
  const running = d.crisis.actions
    .filter(({ status, context }) => status === 'running' && context.as === 'procedure')
    .map(({ key }) => key);
  if (running.length > 0) perform(d, { kind: 'cancel', keys: running });
};
