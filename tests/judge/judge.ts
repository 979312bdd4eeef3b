import { faultNames, type FaultName } from './findings.js';
import { usualLimits, type Limits, type Observations } from './observations.js';
import { judgePages, repeatsIn, type Repeats } from './pages.js';
import { judgeRequests } from './requests.js';
import { judgeTimes } from './times.js';

type Found = { count: number; examples: readonly string[] };

export type Verdict = {
  faults: Readonly<Record<FaultName, Found>>;
  /** What was at stake: everything answered with 2xx, and every page that came or should have. */
  trials: { taken: number; pages: number };
  /** With none in n, more than 3/n is ruled out at 95 %. */
  atMost: number;
  repeats: Repeats;
  /** Steps in whose place a later one called, since we had been away. */
  passedOver: number;
  latenessMs: { p50: number; p95: number; max: number };
};

const examplesShown = 5;

const rank = (sorted: readonly number[], part: number): number =>
  Math.round(sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0);

/** What was seen of a run, judged: the same observations give the same verdict. */
export const judge = (seen: Observations, limits: Limits = usualLimits): Verdict => {
  const { findings: times, latenesses, passedOver } = judgeTimes(seen, limits);
  const findings = [...judgeRequests(seen), ...judgePages(seen), ...times];
  const found = (name: FaultName): Found => {
    const all = findings.filter(({ fault }) => fault === name).map(({ what }) => what);
    return { count: all.length, examples: all.slice(0, examplesShown) };
  };
  const pages = seen.crises.reduce((sum, crisis) => sum + crisis.pages.length, 0);
  const sorted = latenesses.toSorted((a, b) => a - b);
  return {
    faults: Object.fromEntries(faultNames.map((name) => [name, found(name)])) as Record<FaultName, Found>,
    trials: { taken: seen.asked.filter(({ takenAt }) => takenAt !== undefined).length, pages },
    atMost: 3 / Math.max(1, pages),
    repeats: repeatsIn(seen.receipts),
    passedOver,
    latenessMs: { p50: rank(sorted, 0.5), p95: rank(sorted, 0.95), max: rank(sorted, 1) },
  };
};

/** The faults that there are, by name; empty after a clean run. */
export const faultsIn = ({ faults }: Verdict): Partial<Record<FaultName, Found>> =>
  Object.fromEntries(Object.entries(faults).filter(([, { count }]) => count > 0));
