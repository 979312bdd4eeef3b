import { counted } from '../describe/words.js';
import { spoken } from '../duration.js';
import type { Decision } from './decision.js';
import { own } from './own.js';

/** What a procedure that is begun whole or not at all has no action for. */
export const missingSlot = ({ plan }: Decision, id: string): string | undefined => {
  const { needsAllSlots, steps = [] } = plan.playbook.procedures[id] ?? {};
  if (!needsAllSlots) return undefined;
  return steps.find(({ slot, optional }) => !optional && own(plan.actions, plan.slots[slot] ?? '') === undefined)
    ?.title;
};

/** Whoever reads that data is back must read what is not. */
export const whatCame = ({ crisis }: Decision, id: string): string => {
  const { backup, lostMs = 0, lostRows } = crisis.procedures[id]?.recovery ?? {};
  const lost = lostRows === undefined ? '' : ` (${counted(lostRows, 'row')})`;
  const cost =
    backup === undefined ? '' : `; restored from ${backup}, ${spoken(lostMs)} of what was written${lost} is lost`;
  return `every step is done and verified${cost}`;
};

/** Whether there is an action for any step of it. */
export const isConfigured = ({ plan }: Decision, id: string): boolean =>
  (plan.playbook.procedures[id]?.steps ?? []).some(
    ({ slot }) => own(plan.actions, plan.slots[slot] ?? '') !== undefined,
  );

/** A procedure without a single configured action has tried nothing, which a person reads quite differently. */
export const whyNoneHelped = (d: Decision, id: string): string => {
  const { title = id } = d.plan.playbook.procedures[id] ?? {};
  return isConfigured(d, id)
    ? 'no step has helped; a person must find another way'
    : `no action is configured for "${title}"; a person must find a way`;
};
