import type { Crisis } from './crisis.js';
import type { Effect, Outcome } from './effect.js';
import { blank } from './engine/apply.js';
import { due } from './engine/clocks.js';
import { decide } from './engine/decide.js';
import type { Declaration, Occasion } from './engine/occasion.js';
import type { Event } from './event.js';
import type { Plan } from './plan.js';

/** Something from outside at a moment of the simulation, counted from the declaration. */
export type Scripted = { afterMs: number; occasion: Occasion };

export type World = {
  plan: Plan;
  declaration: Declaration;
  declaredAt: number;
  /** What people and monitors do, in any order. */
  script: readonly Scripted[];
  /** What the world makes of an effect, and after how long; undefined leaves it without an answer. */
  respond: (effect: Effect, atMs: number) => { afterMs: number; outcome: Outcome } | undefined;
  untilMs: number;
};

export type Course = {
  crisis: Crisis;
  plan: Plan;
  events: readonly Event[];
  effects: readonly { at: number; effect: Effect }[];
};

type Pending = { at: number; order: number; occasion: Occasion };

/** The same engine on a clock that jumps from one thing to the next: hours of a crisis in a millisecond. */
export const simulate = ({ plan: pinned, declaration, declaredAt, script, respond, untilMs }: World): Course => {
  let plan = pinned;
  let crisis = blank;
  let order = 0;
  const events: Event[] = [];
  const effects: { at: number; effect: Effect }[] = [];
  const pending: Pending[] = script.map(({ afterMs, occasion }) => ({
    at: declaredAt + afterMs,
    order: order++,
    occasion,
  }));
  const endsAt = declaredAt + untilMs;

  const take = (occasion: Occasion, at: number): void => {
    const decision = decide(crisis, plan, occasion, at);
    crisis = decision.crisis;
    events.push(...decision.events);
    for (const effect of decision.effects) {
      effects.push({ at, effect });
      const answer = respond(effect, at);
      if (answer)
        pending.push({
          at: at + answer.afterMs,
          order: order++,
          occasion: { type: 'outcome', outcome: answer.outcome },
        });
    }
    if (crisis.type !== plan.playbook.type && plan.promotesTo) {
      const { promotesTo, ...rest } = plan;
      plan = { ...rest, playbook: promotesTo };
      take({ type: 'promoted' }, at);
    }
  };

  take({ type: 'declared', declaration }, declaredAt);
  for (;;) {
    pending.sort((a, b) => a.at - b.at || a.order - b.order);
    const [next] = pending;
    const [clock] = due(crisis, plan);
    const nextAt = Math.min(next?.at ?? Infinity, clock?.at ?? Infinity);
    if (nextAt > endsAt || (crisis.status === 'closed' && !next)) break;
    if (next && next.at <= (clock?.at ?? Infinity)) {
      pending.shift();
      take(next.occasion, Math.max(next.at, declaredAt));
    } else if (clock) {
      take({ type: 'due', due: clock }, Math.max(clock.at, events.at(-1)?.at ?? declaredAt));
    }
  }
  return { crisis, plan, events, effects };
};
