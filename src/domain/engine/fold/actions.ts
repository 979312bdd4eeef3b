import type { ActionState, Approval, ProcedureState } from '../../crisis.js';
import type { EventOf } from '../../event.js';
import { writable, type Draft } from './draft.js';

/** The state keeps the newest actions only; the events keep all of them. */
const actionsKept = 100;

const change = (draft: Draft, id: string, fields: Partial<ProcedureState>): void => {
  const procedure = draft.crisis.procedures[id];
  if (procedure) writable(draft, 'procedures')[id] = { ...procedure, ...fields };
};

const changeApproval = (draft: Draft, id: string, fields: Partial<Approval>): void => {
  const approval = draft.crisis.approvals[id];
  if (approval) writable(draft, 'approvals')[id] = { ...approval, ...fields };
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
  procedureStarted: (draft: Draft, e: EventOf<'procedureStarted'>): void => {
    writable(draft, 'procedures')[e.procedure] = {
      id: e.procedure,
      status: 'running',
      by: e.by,
      startedAt: e.at,
      step: 0,
      stage: 'do',
    };
  },
  actionStarted: (draft: Draft, e: EventOf<'actionStarted'>): void => {
    draft.crisis.actions = [...draft.crisis.actions, started(e)].slice(-actionsKept);
    if (e.context.as === 'procedure') change(draft, e.context.procedure, { step: e.context.step, stage: e.purpose });
  },
  actionEnded: (draft: Draft, e: EventOf<'actionEnded'>): void => {
    const { status, summary, recovery } = e.result;
    draft.crisis.actions = draft.crisis.actions.map((action) =>
      action.key === e.key ? { ...action, status, summary, endedAt: e.at } : action,
    );
    if (e.context.as === 'procedure' && e.purpose === 'do')
      change(draft, e.context.procedure, { uncertain: status === 'uncertain', ...(recovery && { recovery }) });
  },
  stepSkipped: (draft: Draft, e: EventOf<'stepSkipped'>): void =>
    change(draft, e.procedure, { step: e.step + 1, stage: 'do' }),
  stepBaking: (draft: Draft, e: EventOf<'stepBaking'>): void =>
    change(draft, e.procedure, { stage: 'bake', bakeUntil: e.until }),
  stepVerified: (draft: Draft, e: EventOf<'stepVerified'>): void =>
    change(draft, e.procedure, { step: e.step + 1, stage: 'do', uncertain: false }),
  stepAgain: (draft: Draft, e: EventOf<'stepAgain'>): void => {
    const { to, parameter, value, at } = e;
    const times = (draft.crisis.procedures[e.procedure]?.again?.times ?? 0) + 1;
    const again = { to, times, parameter, value, at };
    change(draft, e.procedure, { step: to, stage: 'do', uncertain: false, again });
  },
  procedureAsks: (draft: Draft, e: EventOf<'procedureAsks'>): void =>
    change(draft, e.procedure, { status: 'asking', question: e.question }),
  procedureEnded: (draft: Draft, e: EventOf<'procedureEnded'>): void =>
    change(draft, e.procedure, { status: e.outcome, endedAt: e.at, reason: e.reason }),
  approvalRequested: (draft: Draft, e: EventOf<'approvalRequested'>): void => {
    const { request, action, parameters, context, by, at, lapsesAt, needs, reason, title, risk } = e;
    writable(draft, 'approvals')[request] = {
      request,
      action,
      parameters,
      context,
      by,
      at,
      lapsesAt,
      needs,
      ...(reason !== undefined && { reason }),
      ...(title !== undefined && { title }),
      ...(risk !== undefined && { risk }),
      approvedBy: [],
      status: 'open',
    };
    if (context.as === 'procedure') change(draft, context.procedure, { step: context.step, stage: 'approval' });
  },
  glassBroken: ({ crisis }: Draft, e: EventOf<'glassBroken'>): void => {
    crisis.lastActedAt = e.at;
  },
  approved: (draft: Draft, e: EventOf<'approved'>): void => {
    const approval = draft.crisis.approvals[e.request];
    if (!approval) return;
    const approvedBy = [...approval.approvedBy, e.by];
    draft.crisis.lastActedAt = e.at;
    const isEnough = e.glass !== undefined || approvedBy.length >= approval.needs;
    changeApproval(draft, e.request, {
      approvedBy,
      status: isEnough ? 'approved' : 'open',
      ...(e.glass !== undefined && { glass: e.glass }),
    });
  },
  rejected: (draft: Draft, e: EventOf<'rejected'>): void => {
    draft.crisis.lastActedAt = e.at;
    changeApproval(draft, e.request, { status: 'rejected' });
  },
  approvalLapsed: (draft: Draft, e: EventOf<'approvalLapsed'>): void =>
    changeApproval(draft, e.request, { status: 'lapsed' }),
  monitoringOn: ({ crisis }: Draft, _e: EventOf<'monitoringOn'>): void => {
    crisis.monitoring = true;
  },
  monitoringOff: ({ crisis }: Draft, _e: EventOf<'monitoringOff'>): void => {
    crisis.monitoring = false;
  },
};
