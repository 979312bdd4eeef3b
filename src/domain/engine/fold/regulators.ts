import type { RegulatoryState } from '../../crisis.js';
import type { EventOf } from '../../event.js';
import { saidAfter } from '../../regulatory/clocks.js';
import type { Draft } from './draft.js';

const change = ({ crisis }: Draft, fields: Partial<RegulatoryState>): void => {
  const { marks = {}, filings = [], deadlines = [], said = {} } = crisis.regulatory ?? {};
  crisis.regulatory = { marks, filings, deadlines, said, ...fields };
};

/** What regulators count from, what they wait for, and what has been filed. */
export const foldRegulators = {
  marked: (draft: Draft, e: EventOf<'marked'>): void => {
    draft.crisis.lastActedAt = e.at;
    change(draft, { marks: { ...draft.crisis.regulatory?.marks, [e.anchor]: e.moment }, deadlines: e.deadlines });
  },
  filed: (draft: Draft, e: EventOf<'filed'>): void => {
    draft.crisis.lastActedAt = e.at;
    change(draft, { filings: [...(draft.crisis.regulatory?.filings ?? []), e.filing], deadlines: e.deadlines });
  },
  deadlineReminded: (draft: Draft, { obligation, dueAt, at }: EventOf<'deadlineReminded'>): void => {
    const due = { at, what: 'deadlineReminder', obligation, dueAt } as const;
    change(draft, { said: saidAfter(draft.crisis.regulatory?.said ?? {}, due, at) });
  },
  deadlineOverdue: (draft: Draft, { obligation, dueAt, times, rung, at }: EventOf<'deadlineOverdue'>): void => {
    const due = { at, what: 'deadlineOverdue', obligation, dueAt, times, rung } as const;
    change(draft, { said: saidAfter(draft.crisis.regulatory?.said ?? {}, due, at) });
  },
  watchEnded: ({ crisis }: Draft, _e: EventOf<'watchEnded'>): void => {
    crisis.watchUntil = undefined;
  },
};
