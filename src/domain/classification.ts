import { z } from 'zod';
import { Condition, factsNamed, meets } from './condition.js';
import type { FactName, Facts } from './facts.js';
import { isWorse, Severity } from './severity.js';

export const crisisTypes = ['productionOutage', 'securityIncident', 'dataLoss', 'watch'] as const;
export const CrisisType = z.enum(crisisTypes);
export type CrisisType = z.infer<typeof CrisisType>;

/** One row of the matrix. `says` is the reason in words, as a person reads it in a page. */
export const Rule = z.strictObject({
  name: z.string().min(1),
  severity: Severity,
  type: CrisisType,
  when: Condition,
  says: z.string().min(1),
});
export type Rule = z.infer<typeof Rule>;

export type Classification = {
  severity: Severity;
  type: CrisisType;
  /** The rule that decided, or `overruled` when a person did. */
  rule: string;
  /** The reason in words, with the facts it stands on. */
  why: string;
  facts: Facts;
  /** Rules that also held, and were less severe or came later. */
  also: readonly string[];
  /** The silence or maintenance window because of which it called nobody. */
  hiddenBy?: string;
  /** Who hid it, why, and until when (milliseconds since 1970), as configured at the time. */
  hidden?: { by?: string; reason: string; until: number };
};

/** When no rule holds, nobody may sleep through it: someone is paged and looks. */
const nothingKnown = {
  severity: 'P1',
  type: 'productionOutage',
  name: 'nothing-known',
  says: 'Nothing is known of the impact; in doubt the worse',
} as const;

const shown = (facts: Facts, names: readonly FactName[]): string =>
  [...new Set(names)]
    // A flag is the rule's own sentence; what it does not say are the figures.
    .filter((name) => facts[name] !== undefined && typeof facts[name] !== 'boolean')
    .map((name) => `${name}=${String(facts[name])}`)
    .join(', ');

/**
 * The severity, the type and the reason, from what is known. The most severe rule that holds decides; of equals the first.
 * P2 runs a watch whatever its type would be at a higher severity (docs/decisions/0003-watch.md).
 */
export const classify = (facts: Facts, rules: readonly Rule[]): Classification => {
  const holding = rules.filter((rule) => meets(facts, rule.when));
  const [first, ...others] = holding;
  if (!first)
    return {
      severity: nothingKnown.severity,
      type: nothingKnown.type,
      rule: nothingKnown.name,
      why: nothingKnown.says,
      facts,
      also: [],
    };
  const deciding = others.reduce((worst, rule) => (isWorse(rule.severity, worst.severity) ? rule : worst), first);
  const evidence = shown(facts, factsNamed(deciding.when));
  return {
    severity: deciding.severity,
    type: deciding.type,
    rule: deciding.name,
    why: evidence ? `${deciding.says} (${evidence})` : deciding.says,
    facts,
    also: holding.filter((rule) => rule !== deciding).map(({ name }) => name),
  };
};
