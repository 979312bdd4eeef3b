import { Obligation, type ObligationInput, type Regime } from './obligation.js';
import { cra } from './regimes/cra.js';
import { dora } from './regimes/dora.js';
import { gdpr } from './regimes/gdpr.js';
import { nis2 } from './regimes/nis2.js';
import { sec } from './regimes/sec.js';

const inputs: readonly ObligationInput[] = [...gdpr, ...nis2, ...dora, ...sec, ...cra];

/** What the five regimes want, with the source of every figure. Defaults to be checked by a lawyer, not legal advice. */
export const obligations: readonly Obligation[] = inputs.map((input) => Obligation.parse(input));

/** The obligations of the regimes an organisation names; its own ones are added, and stand in for those of the same id. */
export const obligationsOf = (named: readonly Regime[], own: readonly Obligation[] = []): Obligation[] => [
  ...obligations.filter(({ regime, id }) => named.includes(regime) && !own.some((one) => one.id === id)),
  ...own.filter(({ regime }) => named.includes(regime)),
];

const startsOf = ({ from, atMost }: Obligation): string[] =>
  [from, ...(atMost ? [atMost.from] : [])].flatMap((start) => ('filing' in start ? [start.filing] : []));

const circleFrom = (id: string, all: readonly Obligation[], path: readonly string[] = []): string[] | undefined => {
  if (path.includes(id)) return [...path.slice(path.indexOf(id)), id];
  const starts = all.filter((one) => one.id === id).flatMap(startsOf);
  return starts.map((start) => circleFrom(start, all, [...path, id])).find((circle) => circle !== undefined);
};

const isZone = (timeZone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
};

const faultsOf = (one: Obligation, all: readonly Obligation[]): string[] => {
  const { id, within } = one;
  const unknown = startsOf(one).filter((start) => all.every((other) => other.id !== start));
  const circle = circleFrom(id, all);
  return [
    ...(all.filter((other) => other.id === id).length > 1 ? [`${id}: there are several of this id`] : []),
    ...unknown.map((start) => `${id}: it counts from the filing of "${start}", which is no obligation`),
    ...(circle?.[0] === id ? [`${id}: it counts from itself: ${circle.join(' ← ')}`] : []),
    ...('zone' in within && !isZone(within.zone) ? [`${id}: expected a time zone; got ${within.zone}`] : []),
  ];
};

/** What is wrong with a set of obligations, in words; empty when deadlines can be derived from it. */
export const obligationFaults = (all: readonly Obligation[]): string[] => all.flatMap((one) => faultsOf(one, all));
