import type { Crisis, TaskState } from '../../crisis.js';
import type { Actor, EventOf } from '../../event.js';
import { onTimeFrom } from './paging.js';

const acted = (crisis: Crisis, event: Actor & { at: number }): Crisis =>
  event.by === 'firebreak' ? crisis : { ...crisis, lastActedAt: event.at };

const withTask = (crisis: Crisis, id: string, state: TaskState): Crisis => ({
  ...crisis,
  tasks: { ...crisis.tasks, [id]: state },
});

const unchanged = (crisis: Crisis): Crisis => crisis;

/** How the life of a crisis moves: status, phase, tasks, roles. */
export const foldLife = {
  declared: (crisis: Crisis, e: EventOf<'declared'>): Crisis => ({
    ...crisis,
    crisisId: e.crisisId,
    correlationKey: e.correlationKey,
    type: e.crisisType,
    mode: e.mode,
    title: e.title,
    services: e.services,
    declaredAt: e.at,
    startedAt: Math.min(e.startedAt ?? e.at, e.at),
    lastActedAt: e.at,
    classification: e.classification,
    facts: e.classification.facts,
    ...(e.links && { links: e.links }),
  }),
  phaseEntered: (crisis: Crisis, e: EventOf<'phaseEntered'>): Crisis => ({ ...crisis, phase: e.phase }),
  phaseBudgetEnded: (crisis: Crisis, e: EventOf<'phaseBudgetEnded'>): Crisis => ({
    ...crisis,
    budgetsEnded: e.phase + e.repeat + 1,
  }),
  taskDone: (crisis: Crisis, e: EventOf<'taskDone'>): Crisis =>
    withTask(acted(crisis, e), e.task, {
      status: 'done',
      by: e.by,
      at: e.at,
      ...(e.note !== undefined && { note: e.note }),
    }),
  taskSkipped: (crisis: Crisis, e: EventOf<'taskSkipped'>): Crisis =>
    withTask(acted(crisis, e), e.task, { status: 'skipped', by: e.by, at: e.at, note: e.reason }),
  taskFailed: (crisis: Crisis, e: EventOf<'taskFailed'>): Crisis =>
    withTask(crisis, e.task, { status: 'failed', by: 'firebreak', at: e.at, note: e.reason }),
  assigned: (crisis: Crisis, e: EventOf<'assigned'>): Crisis => ({
    ...acted(crisis, e),
    roles: { ...crisis.roles, [e.role]: e.person },
  }),
  mitigated: (crisis: Crisis, e: EventOf<'mitigated'>): Crisis => ({
    ...acted(crisis, e),
    status: 'mitigated',
    mitigatedAt: e.at,
    // A machine's success never silences paging by itself: somebody has to look (docs/decisions/0002-quiet.md).
    quiet: e.by !== 'firebreak' || crisis.acknowledgedAt !== undefined,
  }),
  regressed: (crisis: Crisis, e: EventOf<'regressed'>): Crisis => unresolved(crisis, e.at),
  resolved: (crisis: Crisis, e: EventOf<'resolved'>): Crisis => ({
    ...withoutPromise(acted(crisis, e)),
    status: 'resolved',
    resolvedAt: e.at,
    watchUntil: e.watchUntil,
    quiet: true,
  }),
  reopened: (crisis: Crisis, e: EventOf<'reopened'>): Crisis => unresolved(acted(crisis, e), e.at),
  stoodDown: (crisis: Crisis, e: EventOf<'stoodDown'>): Crisis => ({
    ...acted(crisis, e),
    stoodDown: true,
    quiet: true,
  }),
  closed: (crisis: Crisis, e: EventOf<'closed'>): Crisis => ({
    ...withoutPromise(crisis),
    status: 'closed',
    closedAt: e.at,
    quiet: true,
  }),
  noted: (crisis: Crisis, e: EventOf<'noted'>): Crisis => acted(crisis, e),
  linked: (crisis: Crisis, e: EventOf<'linked'>): Crisis => ({
    ...acted(crisis, e),
    links: [...crisis.links, { to: e.to, relation: e.relation }],
  }),
  merged: (crisis: Crisis, e: EventOf<'merged'>): Crisis => ({
    ...acted(crisis, e),
    mergedInto: e.into,
    stoodDown: true,
    quiet: true,
    links: [...crisis.links, { to: e.into, relation: 'merged into' }],
  }),
  split: (crisis: Crisis, e: EventOf<'split'>): Crisis => {
    const cause = crisis.causes && Object.hasOwn(crisis.causes, e.cause) ? crisis.causes[e.cause] : undefined;
    if (!cause) return acted(crisis, e);
    return { ...acted(crisis, e), causes: { ...crisis.causes, [e.cause]: { ...cause, split: true } } };
  },
  promoted: (crisis: Crisis, e: EventOf<'promoted'>): Crisis => ({
    ...unresolved(acted(crisis, e), e.at),
    type: e.to,
    // The clocks of a crisis run from its declaration, and that is now; what was known since when stays known.
    declaredAt: e.at,
    severitySince: e.at,
    phase: 0,
    budgetsEnded: 0,
    tasks: {},
  }),
  refused: unchanged,
  effectFailed: unchanged,
};

/** Back to where people must act: whoever acknowledged it before has to be asked again. */
const unresolved = (crisis: Crisis, at: number): Crisis => {
  const { mitigatedAt: _m, resolvedAt: _r, watchUntil: _w, acknowledgedAt: _a, acknowledgedBy: _b, ...rest } = crisis;
  return { ...rest, status: 'triggered', quiet: false, engagements: onTimeFrom(rest.engagements, at) };
};

/** Whoever has heard that it is resolved waits for no further update. */
const withoutPromise = ({ updateDueAt: _due, updateRemindedFor: _reminded, ...rest }: Crisis): Crisis => rest;
