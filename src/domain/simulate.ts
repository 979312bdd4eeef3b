import type { Crisis } from './crisis.js';
import type { Effect, Outcome } from './effect.js';
import { due } from './engine/clocks.js';
import { decide } from './engine/decide.js';
import type { Declaration, Occasion } from './engine/occasion.js';
import { blank } from './engine/state.js';
import type { Event } from './event.js';
import type { Plan } from './plan.js';

/** Something from outside at a moment counted from the declaration; or what somebody does who sees the crisis then. */
export type Scripted = { afterMs: number; occasion: Occasion | ((crisis: Crisis) => Occasion) };

/** One decision, with what it was made from. */
export type Decided = {
  before: Crisis;
  plan: Plan;
  occasion: Occasion;
  at: number;
  after: Crisis;
  events: readonly Event[];
  effects: readonly Effect[];
};

export type World = {
  plan: Plan;
  declaration: Declaration;
  declaredAt: number;
  /** What people and monitors do, in any order. */
  script: readonly Scripted[];
  /** What the world makes of an effect, and after how long; undefined leaves it without an answer. */
  respond: (effect: Effect, atMs: number) => { afterMs: number; outcome: Outcome } | undefined;
  /** An outage of our own: what falls into it happens at its end. */
  away?: { fromMs: number; toMs: number };
  /** Sees each decision as it is made. */
  seen?: (decided: Decided) => void;
  untilMs: number;
};

export type Course = {
  crisis: Crisis;
  plan: Plan;
  events: readonly Event[];
  effects: readonly { at: number; effect: Effect }[];
};

type Pending = { at: number; occasion: Scripted['occasion'] };

/** What is still to come, soonest first; of equals in the order they were put in. */
const createAgenda = () => {
  const pending: Pending[] = [];
  return {
    add(one: Pending): void {
      let place = pending.length;
      while (place > 0 && pending[place - 1]!.at > one.at) place--;
      pending.splice(place, 0, one);
    },
    first: () => pending[0],
    take: () => pending.shift(),
  };
};

/** The same engine on a clock that jumps from one thing to the next: hours of a crisis in a millisecond. */
export const simulate = ({
  plan: pinned,
  declaration,
  declaredAt,
  script,
  respond,
  away,
  seen,
  untilMs,
}: World): Course => {
  let plan = pinned;
  let crisis = blank;
  let now = declaredAt;
  const events: Event[] = [];
  const effects: Course['effects'][number][] = [];
  const agenda = createAgenda();
  const endsAt = declaredAt + untilMs;

  /** The moment at which we get to it: time never runs back, and while we are away nothing is done. */
  const reachedAt = (at: number): number => {
    const reached = Math.max(at, now);
    const isAway = away && reached >= declaredAt + away.fromMs && reached < declaredAt + away.toMs;
    return isAway ? declaredAt + away.toMs : reached;
  };

  const take = (occasion: Occasion, at: number): void => {
    now = at;
    const before = crisis;
    const decision = decide(before, plan, occasion, at);
    crisis = decision.crisis;
    seen?.({ before, plan, occasion, at, after: crisis, events: decision.events, effects: decision.effects });
    for (const event of decision.events) events.push(event);
    for (const effect of decision.effects) {
      effects.push({ at, effect });
      const answer = respond(effect, at);
      if (answer) agenda.add({ at: at + answer.afterMs, occasion: { type: 'outcome', outcome: answer.outcome } });
    }
    if (crisis.type !== plan.playbook.type && plan.promotesTo) {
      const { promotesTo, ...rest } = plan;
      plan = { ...rest, playbook: promotesTo };
      take({ type: 'promoted' }, at);
    }
  };

  for (const { afterMs, occasion } of script) agenda.add({ at: declaredAt + afterMs, occasion });
  take({ type: 'declared', declaration }, declaredAt);
  for (;;) {
    const next = agenda.first();
    const [clock] = due(crisis, plan);
    const nextAt = reachedAt(Math.min(next?.at ?? Infinity, clock?.at ?? Infinity));
    if (nextAt > endsAt) break;
    if (next && next.at <= (clock?.at ?? Infinity)) {
      agenda.take();
      take(typeof next.occasion === 'function' ? next.occasion(crisis) : next.occasion, nextAt);
    } else if (clock) {
      take({ type: 'due', due: clock }, nextAt);
    }
  }
  return { crisis, plan, events, effects };
};
