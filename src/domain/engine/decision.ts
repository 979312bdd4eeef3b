import type { Crisis } from '../crisis.js';
import type { Effect } from '../effect.js';
import type { Act, Event } from '../event.js';
import type { Plan } from '../plan.js';
import { foldIn } from './apply.js';
import type { Draft } from './fold/draft.js';

type WithoutTime<E> = E extends Event ? Omit<E, 'at'> : never;
export type Happening = WithoutTime<Event>;
export type HappeningOf<Type extends Happening['type']> = Extract<Happening, { type: Type }>;

/** A decision in the making: the crisis as it is after the events so far, and what is to be done. */
export type Decision = Draft & {
  readonly plan: Plan;
  readonly at: number;
  readonly events: Event[];
  readonly effects: Effect[];
  /** The command that is being obeyed or refused, until the first event bears it. */
  act?: Act | undefined;
};

export const begin = (crisis: Crisis, plan: Plan, at: number): Decision => ({
  before: crisis,
  crisis,
  plan,
  at,
  events: [],
  effects: [],
});

/** Something has happened: it is on the timeline, and whoever decides next sees its effect on the state. */
export const record = (d: Decision, happening: Happening): void => {
  // The happening was made for this call, so it becomes the event itself.
  const event = happening as Event;
  event.at = d.at;
  if (d.act) event.act = d.act;
  d.act = undefined;
  foldIn(d, event);
  d.events.push(event);
};

export const perform = (d: Decision, effect: Effect): void => {
  d.effects.push(effect);
};

/** A key that no other effect of this crisis has, and that a replay makes again. */
export const keyFor = (d: Decision, ...parts: (string | number)[]): string => {
  let key = d.crisis.crisisId;
  for (const part of parts) key += `/${part}`;
  return key;
};

/** The system itself, as an actor. */
export const firebreak = 'firebreak';
