import type { ActionState, Approval, Crisis, ProcedureState } from '../../crisis.js';
import type { EventOf } from '../../event.js';

/** The state keeps the newest actions only; the events keep all of them. */
const actionsKept = 100;

const change = (crisis: Crisis, id: string, fields: Partial<ProcedureState>): Crisis => {
  const procedure = crisis.procedures[id];
  return procedure ? { ...crisis, procedures: { ...crisis.procedures, [id]: { ...procedure, ...fields } } } : crisis;
};

const changeApproval = (crisis: Crisis, id: string, fields: Partial<Approval>): Crisis => {
  const approval = crisis.approvals[id];
  return approval ? { ...crisis, approvals: { ...crisis.approvals, [id]: { ...approval, ...fields } } } : crisis;
};

const started = (e: EventOf<'actionStarted'>): ActionState => ({
  key: e.key,
  action: e.action,
  purpose: e.purpose,
  context: e.context,
  startedAt: e.at,
  status: 'running',
  authority: e.authority,
});

/** What is done to systems: procedures, their cursor, actions, approvals, monitoring. */
export const foldActions = {
  procedureStarted: (crisis: Crisis, e: EventOf<'procedureStarted'>): Crisis => ({
    ...crisis,
    procedures: {
      ...crisis.procedures,
      [e.procedure]: { id: e.procedure, status: 'running', by: e.by, startedAt: e.at, step: 0, stage: 'do' },
    },
  }),
  actionStarted: (crisis: Crisis, e: EventOf<'actionStarted'>): Crisis => {
    const next = { ...crisis, actions: [...crisis.actions, started(e)].slice(-actionsKept) };
    return e.context.as === 'procedure'
      ? change(next, e.context.procedure, { step: e.context.step, stage: e.purpose })
      : next;
  },
  actionEnded: (crisis: Crisis, e: EventOf<'actionEnded'>): Crisis => {
    const { status, summary } = e.result;
    const ended = (action: ActionState) =>
      action.key === e.key ? { ...action, status, summary, endedAt: e.at } : action;
    const next = { ...crisis, actions: crisis.actions.map(ended) };
    if (e.context.as !== 'procedure' || e.purpose !== 'do') return next;
    return change(next, e.context.procedure, { uncertain: status === 'uncertain' });
  },
  stepSkipped: (crisis: Crisis, e: EventOf<'stepSkipped'>): Crisis =>
    change(crisis, e.procedure, { step: e.step + 1, stage: 'do' }),
  stepBaking: (crisis: Crisis, e: EventOf<'stepBaking'>): Crisis =>
    change(crisis, e.procedure, { stage: 'bake', bakeUntil: e.until }),
  stepVerified: (crisis: Crisis, e: EventOf<'stepVerified'>): Crisis =>
    change(crisis, e.procedure, { step: e.step + 1, stage: 'do', uncertain: false }),
  procedureAsks: (crisis: Crisis, e: EventOf<'procedureAsks'>): Crisis =>
    change(crisis, e.procedure, { status: 'asking', question: e.question }),
  procedureEnded: (crisis: Crisis, e: EventOf<'procedureEnded'>): Crisis =>
    change(crisis, e.procedure, { status: e.outcome, endedAt: e.at, reason: e.reason }),
  approvalRequested: (crisis: Crisis, e: EventOf<'approvalRequested'>): Crisis => {
    const { request, action, parameters, context, by, at, lapsesAt, needs } = e;
    const approval: Approval = {
      request,
      action,
      parameters,
      context,
      by,
      at,
      lapsesAt,
      needs,
      approvedBy: [],
      status: 'open',
    };
    const next = { ...crisis, approvals: { ...crisis.approvals, [request]: approval } };
    return context.as === 'procedure'
      ? change(next, context.procedure, { step: context.step, stage: 'approval' })
      : next;
  },
  approved: (crisis: Crisis, e: EventOf<'approved'>): Crisis => {
    const approval = crisis.approvals[e.request];
    if (!approval) return crisis;
    const approvedBy = [...approval.approvedBy, e.by];
    const status = approvedBy.length >= approval.needs ? 'approved' : 'open';
    return changeApproval({ ...crisis, lastActedAt: e.at }, e.request, { approvedBy, status });
  },
  rejected: (crisis: Crisis, e: EventOf<'rejected'>): Crisis =>
    changeApproval({ ...crisis, lastActedAt: e.at }, e.request, { status: 'rejected' }),
  approvalLapsed: (crisis: Crisis, e: EventOf<'approvalLapsed'>): Crisis =>
    changeApproval(crisis, e.request, { status: 'lapsed' }),
  monitoringOn: (crisis: Crisis, _e: EventOf<'monitoringOn'>): Crisis => ({ ...crisis, monitoring: true }),
  monitoringOff: (crisis: Crisis, _e: EventOf<'monitoringOff'>): Crisis => ({ ...crisis, monitoring: false }),
};
