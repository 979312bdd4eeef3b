import { due } from '../../src/domain/engine/clocks.js';
import { decide } from '../../src/domain/engine/decide.js';
import { simulate, type Decided } from '../../src/domain/simulate.js';
import { summarise } from '../figures.js';
import { clock } from '../ground/clock.js';
import type { Measure } from '../measure.js';
import { randomNight } from './randomNight.js';

const nightsAsked = 40;

/** Every question of a whole night, each with the state in which it came. */
const questionsOf = (seed: number): Decided[] => {
  const questions: Decided[] = [];
  simulate({ ...randomNight(seed), seen: (decided) => void questions.push(decided) });
  return questions;
};

const nightsBefore = 300;

/**
 * Nights of which nothing is kept, as in a worker, where each state is garbage once the next is there. Were the first ones to
 * run those whose questions are kept, V8 would learn that states live long, and from then on put all of them among the old.
 */
const runIn = (): void => {
  for (let seed = nightsAsked; seed < nightsAsked + nightsBefore; seed++) simulate(randomNight(seed));
};

/** How often a second a list of things can be gone through, item by item. */
const perSecond = <Item>(items: readonly Item[], forMs: number, work: (item: Item) => unknown): number => {
  const began = clock();
  let done = 0;
  while (clock() - began < forMs) {
    for (const item of items) work(item);
    done += items.length;
  }
  return (done / (clock() - began)) * 1_000;
};

const runs = 5;

/** The engine by itself: decisions a second, each with what is due after it, over the questions of random nights. */
export const measureDecisions: Measure = {
  name: 'decisions',
  run: ({ sizes: { decisionsForMs } }) => {
    runIn();
    const questions = Array.from({ length: nightsAsked }, (_, seed) => questionsOf(seed)).flat();
    const answer = ({ before, plan, occasion, at }: Decided) => due(decide(before, plan, occasion, at).crisis, plan);
    perSecond(questions, decisionsForMs, answer); // warms up
    const samples = Array.from({ length: runs }, () => perSecond(questions, decisionsForMs, answer));
    const copies = perSecond(questions, decisionsForMs, ({ after }) => structuredClone(after));
    return Promise.resolve([
      {
        name: 'engine: decisions',
        unit: 'decisions/s',
        samples,
        baseline: copies,
        goal: { says: '≥ 100,000', holds: ({ p50 }) => p50 >= 100_000 },
        note: `${questions.length} questions of ${nightsAsked} random nights; bare is a structured clone of the state`,
      },
    ]);
  },
};

/** Whole random crises on the simulated clock. */
export const measureSimulated: Measure = {
  name: 'simulated',
  run: ({ sizes: { simulated } }) => {
    const samples: number[] = [];
    let events = 0;
    const began = clock();
    for (let seed = 0; seed < simulated; seed++) {
      const from = clock();
      events += simulate(randomNight(seed)).events.length;
      samples.push(clock() - from);
    }
    const tookMs = clock() - began;
    const forTenThousand = (tookMs / simulated) * 10_000;
    return Promise.resolve([
      {
        name: 'engine: random crisis simulated',
        unit: 'ms',
        samples,
        goal: { says: '10,000 in ≤ 10 s', holds: () => forTenThousand <= 10_000 },
        note: `${simulated.toLocaleString('en-GB')} nights, seeds 0 to ${simulated - 1}, ${Math.round(events / simulated)} events each, ${(tookMs / 1_000).toFixed(1)} s; p99 ${summarise(samples).p99.toFixed(1)} ms${simulated < 10_000 ? `; 10,000 would take ${(forTenThousand / 1_000).toFixed(1)} s` : ''}`,
      },
    ]);
  },
};
