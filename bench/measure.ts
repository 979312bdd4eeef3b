import type { Figure } from './figures.js';
import type { Ground } from './ground/ground.js';
import type { Sizes } from './sizes.js';

/** What a measure may use. The ground is laid when it is first asked for, and is swept before each measure. */
export type Bench = { sizes: Sizes; ground: () => Promise<Ground>; say: (line: string) => void };

/** One thing measured, by its name on the command line. It throws only when it broke; a missed goal is a figure. */
export type Measure = { name: string; run: (bench: Bench) => Promise<Figure[]> };
