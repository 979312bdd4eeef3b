/** What one measure found: its samples in order of taking, and what they are held against. */
export type Figure = {
  name: string;
  unit: string;
  samples: readonly number[];
  /** What the bare parts need for the like, measured in the same run. Absent where nothing bare is alike. */
  baseline?: number | undefined;
  goal?: Goal;
  /** Conditions and what else was seen, in words. */
  note?: string;
};

/** A limit in words, and whether what was measured keeps it. */
export type Goal = { says: string; holds: (summary: Summary, ratio: number | undefined) => boolean };

export type Summary = { n: number; min: number; p50: number; p95: number; p99: number; max: number };

export type Row = {
  name: string;
  unit: string;
  min: number;
  p50: number;
  p95: number;
  baseline: number | null;
  /** The median over the baseline. */
  ratio: number | null;
  goal: string | null;
  holds: boolean | null;
  n: number;
  note: string;
};

/** The nearest-rank percentile of sorted samples: the smallest one that `percent` of all do not exceed. */
export const percentile = (sorted: readonly number[], percent: number): number => {
  const value = sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
  if (value === undefined) throw new Error('a percentile of no samples was asked for');
  return value;
};

export const summarise = (samples: readonly number[]): Summary => {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (percent: number): number => percentile(sorted, percent);
  return { n: sorted.length, min: at(0), p50: at(50), p95: at(95), p99: at(99), max: at(100) };
};

/** A figure as it is printed: with its percentiles, its ratio to the bare parts, and whether the goal holds. */
export const rowOf = ({ name, unit, samples, baseline, goal, note = '' }: Figure): Row => {
  const summary = summarise(samples);
  const { n, min, p50, p95 } = summary;
  const ratio = baseline === undefined || baseline === 0 ? undefined : p50 / baseline;
  return {
    ...{ name, unit, min, p50, p95 },
    baseline: baseline ?? null,
    ratio: ratio ?? null,
    goal: goal?.says ?? null,
    holds: goal ? goal.holds(summary, ratio) : null,
    ...{ n, note },
  };
};
