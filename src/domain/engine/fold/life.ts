import type { TaskState } from '../../crisis.js';
import type { Actor, EventOf } from '../../event.js';
import { replace, tableToChange, writable, type Draft } from './draft.js';
import { mayNowSee } from './naming.js';
import { onTimeFrom } from './paging.js';
import { emptyTable, putRow } from './table.js';

const acted = ({ crisis }: Draft, event: Actor & { at: number }): void => {
  if (event.by !== 'firebreak') crisis.lastActedAt = event.at;
};

const setTask = (draft: Draft, id: string, state: TaskState): void => {
  putRow(tableToChange(draft, 'tasks'), id, state);
};

const unchanged = (): void => undefined;

/** How the life of a crisis moves: status, phase, tasks, roles. */
export const foldLife = {
  declared: ({ crisis }: Draft, e: EventOf<'declared'>): void => {
    Object.assign(crisis, {
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
      ...(e.restricted && { restricted: { ...e.restricted, dismissed: [] } }),
    });
  },
  phaseEntered: ({ crisis }: Draft, e: EventOf<'phaseEntered'>): void => {
    crisis.phase = e.phase;
  },
  phaseBudgetEnded: ({ crisis }: Draft, e: EventOf<'phaseBudgetEnded'>): void => {
    crisis.budgetsEnded = e.phase + e.repeat + 1;
  },
  taskDone: (draft: Draft, e: EventOf<'taskDone'>): void => {
    acted(draft, e);
    const { by, at, note } = e;
    setTask(draft, e.task, note === undefined ? { status: 'done', by, at } : { status: 'done', by, at, note });
  },
  taskSkipped: (draft: Draft, e: EventOf<'taskSkipped'>): void => {
    acted(draft, e);
    setTask(draft, e.task, { status: 'skipped', by: e.by, at: e.at, note: e.reason });
  },
  taskFailed: (draft: Draft, e: EventOf<'taskFailed'>): void =>
    setTask(draft, e.task, { status: 'failed', by: 'firebreak', at: e.at, note: e.reason }),
  assigned: (draft: Draft, e: EventOf<'assigned'>): void => {
    acted(draft, e);
    writable(draft, 'roles')[e.role] = e.person;
    mayNowSee(draft, [e.person]);
    if (e.vouched !== undefined) vouch(draft, e);
  },
  mitigated: (draft: Draft, e: EventOf<'mitigated'>): void => {
    acted(draft, e);
    const { crisis } = draft;
    crisis.status = 'mitigated';
    crisis.mitigatedAt = e.at;
    // A machine's success never silences paging by itself: somebody has to look (docs/decisions/0002-quiet.md).
    crisis.quiet = e.by !== 'firebreak' || crisis.acknowledgedAt !== undefined;
  },
  regressed: (draft: Draft, e: EventOf<'regressed'>): void => unresolve(draft, e.at),
  resolved: (draft: Draft, e: EventOf<'resolved'>): void => {
    acted(draft, e);
    forgetPromise(draft);
    const { crisis } = draft;
    crisis.status = 'resolved';
    crisis.resolvedAt = e.at;
    crisis.watchUntil = e.watchUntil;
    crisis.quiet = true;
  },
  reopened: (draft: Draft, e: EventOf<'reopened'>): void => {
    acted(draft, e);
    unresolve(draft, e.at);
  },
  stoodDown: (draft: Draft, e: EventOf<'stoodDown'>): void => {
    acted(draft, e);
    draft.crisis.stoodDown = true;
    draft.crisis.quiet = true;
  },
  closed: (draft: Draft, e: EventOf<'closed'>): void => {
    forgetPromise(draft);
    draft.crisis.status = 'closed';
    draft.crisis.closedAt = e.at;
    draft.crisis.quiet = true;
  },
  noted: (draft: Draft, e: EventOf<'noted'>): void => acted(draft, e),
  evidenceKept: (draft: Draft, e: EventOf<'evidenceKept'>): void => {
    if (e.by !== 'firebreak') acted(draft, e);
    const { did, seq, hash } = e.entry;
    const items = (draft.crisis.evidence?.items ?? 0) + Number(did === 'collected');
    draft.crisis.evidence = { items, last: { seq, hash } };
  },
  linked: (draft: Draft, e: EventOf<'linked'>): void => {
    acted(draft, e);
    draft.crisis.links = [...draft.crisis.links, { to: e.to, relation: e.relation }];
  },
  merged: (draft: Draft, e: EventOf<'merged'>): void => {
    acted(draft, e);
    const { crisis } = draft;
    crisis.mergedInto = e.into;
    crisis.stoodDown = true;
    crisis.quiet = true;
    crisis.links = [...crisis.links, { to: e.into, relation: 'merged into' }];
  },
  split: (draft: Draft, e: EventOf<'split'>): void => {
    acted(draft, e);
    const { causes } = draft.crisis;
    const cause = causes && Object.hasOwn(causes, e.cause) ? causes[e.cause] : undefined;
    if (cause) draft.crisis.causes = { ...causes, [e.cause]: { ...cause, split: true } };
  },
  promoted: (draft: Draft, e: EventOf<'promoted'>): void => {
    acted(draft, e);
    unresolve(draft, e.at);
    const { crisis } = draft;
    crisis.type = e.to;
    // The clocks of a crisis run from its declaration, and that is now; what was known since when stays known.
    crisis.declaredAt = e.at;
    crisis.severitySince = e.at;
    crisis.phase = 0;
    crisis.budgetsEnded = 0;
    replace(draft, 'tasks', emptyTable());
  },
  attackFound: ({ crisis }: Draft, _e: EventOf<'attackFound'>): void => {
    crisis.attackFound = true;
  },
  refused: unchanged,
  effectFailed: unchanged,
};

/** A role that changes hands without anybody to vouch for it counts for nobody. */
const vouch = ({ crisis }: Draft, { role, person, vouched }: EventOf<'assigned'>): void => {
  const { [role]: _before, ...others } = crisis.vouched ?? {};
  crisis.vouched = vouched ? { ...others, [role]: person } : others;
};

/** Back to where people must act: whoever acknowledged it before has to be asked again. */
const unresolve = (draft: Draft, at: number): void => {
  const { crisis } = draft;
  crisis.mitigatedAt = crisis.resolvedAt = crisis.watchUntil = undefined;
  crisis.acknowledgedAt = crisis.acknowledgedBy = undefined;
  crisis.status = 'triggered';
  crisis.quiet = false;
  onTimeFrom(draft, at);
};

/** Whoever has heard that it is resolved waits for no further update. */
const forgetPromise = ({ crisis }: Draft): void => {
  crisis.updateDueAt = crisis.updateRemindedFor = undefined;
};
