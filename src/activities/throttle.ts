import type { PageEffect } from '../domain/effect.js';
import {
  admit,
  askedOf,
  isFirstRound,
  type PageAsked,
  type PageThrottle,
  type ThrottleState,
} from '../domain/throttle.js';

/** What all workers together know of the pages to a person: durable, and asked over the network. */
export type SharedCount = {
  /** Whether a page has to go with others; undefined when nobody says so in time, and then it goes alone. */
  ask: (person: string, page: PageAsked) => Promise<'alone' | 'bundled' | undefined>;
  /** Counts a message that goes out without having asked. It waits for nothing and never throws. */
  count: (person: string, page: PageAsked) => void;
};

type Needs = { rules: () => PageThrottle; shared: SharedCount; now: () => number };

/**
 * Says of each page whether it goes out alone or with others. What this process knows by itself is not asked: a P0 page
 * that may be the first one goes at once, and one of more pages than allowed is bundled. So a slow server holds up neither.
 */
export const createThrottle = ({ rules, shared, now }: Needs) => {
  const known = new Map<string, ThrottleState>();

  const admitHere = (person: string, page: PageAsked) => {
    const { admission, state } = admit(known.get(person) ?? {}, page, rules(), now());
    known.set(person, state);
    return admission;
  };

  return {
    gatherMs: () => rules().gatherMs,
    async passage(effect: PageEffect): Promise<'alone' | 'bundled'> {
      // A rehearsal leaves no trace in what real pages go by.
      if (!rules().enabled || effect.mode === 'drill') return 'alone';
      const { person, key } = effect;
      const page = askedOf(effect);
      const here = admitHere(person, page);
      if (here === 'bundled') return 'bundled';
      if (here === 'first' && isFirstRound(key)) {
        shared.count(person, page);
        return 'alone';
      }
      return (await shared.ask(person, page)) ?? 'alone';
    },
    /** A bundle counts as one message, whatever stands in it. */
    counts(first: PageEffect): void {
      const page = { ...askedOf(first), isP0: false, gone: true };
      admitHere(first.person, page);
      shared.count(first.person, page);
    },
  };
};
export type Throttle = ReturnType<typeof createThrottle>;
