import type { Crisis } from '../crisis.js';
import type { Effect } from '../effect.js';
import type { Event } from '../event.js';
import type { Plan } from '../plan.js';
import { actOf, known } from './knowing.js';
import { classifiedAs, openCrisis } from './opening.js';
import { strike } from './clockwork.js';
import { obey } from './command/obey.js';
import { begin, record, type Decision } from './decision.js';
import type { Occasion } from './occasion.js';
import { hear } from './outcomes.js';
import { advanceWhenDone } from './phases.js';
import { whyNot } from './whyNot.js';

const hasSettledTask = ({ before, crisis, events }: Decision): boolean => {
  if (crisis.tasks === before.tasks) return false;
  for (const { type } of events) if (type === 'taskDone' || type === 'taskSkipped') return true;
  return false;
};

/**
 * What happens, and what is to be done, on an occasion at a time (milliseconds since 1970). Pure and total: the same
 * question has the same answer, in the workflow, in a replay, in a simulation. A command that is not welcome is noted as refused.
 */
export const decide = (
  crisis: Crisis,
  plan: Plan,
  occasion: Occasion,
  at: number,
): { crisis: Crisis; events: readonly Event[]; effects: readonly Effect[] } => {
  const d = begin(crisis, plan, at);
  switch (occasion.type) {
    case 'declared':
      openCrisis(d, occasion.declaration);
      break;
    case 'promoted':
      classifiedAs(d);
      break;
    case 'due':
      strike(d, occasion.due);
      break;
    case 'outcome':
      hear(d, occasion.outcome);
      break;
    case 'command': {
      const { command, actor, asking } = known(d, occasion);
      const reason = whyNot(crisis, plan, command, asking);
      d.act = actOf(d, command, occasion.proof, reason);
      if (reason === undefined) obey(d, command);
      else record(d, { type: 'refused', command: command.command, reason, ...actor });
      break;
    }
    case 'refused':
      record(d, { type: 'refused', command: occasion.command, by: occasion.by, reason: occasion.reason });
      break;
  }
  // Whoever or whatever did the last of a phase's required tasks, the next phase begins.
  if (hasSettledTask(d)) advanceWhenDone(d);
  return { crisis: d.crisis, events: d.events, effects: d.effects };
};
