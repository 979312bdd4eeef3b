import type { Crisis } from '../domain/crisis.js';
import type { Effect } from '../domain/effect.js';
import { decide } from '../domain/engine/decide.js';
import type { Occasion } from '../domain/engine/occasion.js';
import { blank } from '../domain/engine/state.js';
import type { Plan } from '../domain/plan.js';
import type { NumberedEvent } from '../domain/record.js';
import type { CrisisInput } from './messages.js';

/**
 * The course a crisis takes in one execution: what it is, what has happened, and what was decided but not begun. An occasion
 * is decided and applied in one synchronous go, so whoever asks next is judged by the truth.
 */
export const createCourse = (input: CrisisInput) => {
  let plan: Plan = input.plan;
  let crisis: Crisis = 'carried' in input ? input.carried.crisis : blank;
  let version = 0;
  const unflushed: NumberedEvent[] = 'carried' in input ? [...input.carried.unflushed] : [];
  const timeline: NumberedEvent[] = [...unflushed];
  const queue: Effect[] = [];

  /** Answers with the reason when a command is refused. */
  const on = (occasion: Occasion): string | undefined => {
    const decision = decide(crisis, plan, occasion, Date.now());
    const numbered = decision.events.map((event, i) => ({ seq: crisis.seq + i, event }));
    crisis = decision.crisis;
    timeline.push(...numbered);
    unflushed.push(...numbered);
    queue.push(...decision.effects);
    version++;
    if (crisis.type !== plan.playbook.type && plan.promotesTo) {
      const { promotesTo, ...rest } = plan;
      plan = { ...rest, playbook: promotesTo };
      on({ type: 'promoted' });
    }
    return decision.events.find((event) => event.type === 'refused')?.reason;
  };

  return {
    on,
    crisis: () => crisis,
    plan: () => plan,
    /** Grows with whatever the main loop should look at. */
    version: () => version,
    touch: (): void => {
      version++;
    },
    timeline: (): readonly NumberedEvent[] => timeline,
    /** Events that no projection has taken; whoever takes them removes them. */
    unflushed,
    hasEffects: () => queue.length > 0,
    takeEffects: () => queue.splice(0),
  };
};

export type Course = ReturnType<typeof createCourse>;
