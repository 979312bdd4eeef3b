import { z } from 'zod';
import { factNames, type FactName, type Facts } from './facts.js';

const fact = z.enum(factNames as [FactName, ...FactName[]]);

export type Condition =
  | {
      fact: FactName;
      is?: boolean | string | undefined;
      above?: number | undefined;
      atLeast?: number | undefined;
      below?: number | undefined;
    }
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition };

/** A condition over facts, as a rule of the configuration states it: `{fact: usersAffectedPercent, above: 50}`. */
export const Condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({
      fact,
      is: z.union([z.boolean(), z.string()]).optional(),
      above: z.number().optional(),
      atLeast: z.number().optional(),
      below: z.number().optional(),
    }),
    z.strictObject({ all: z.array(Condition).min(1) }),
    z.strictObject({ any: z.array(Condition).min(1) }),
    z.strictObject({ not: Condition }),
  ]),
);

/** Whether the facts meet the condition. What is not known meets nothing, so `not` of an unknown fact holds. */
export const meets = (facts: Facts, condition: Condition): boolean => {
  // Most are of this kind, and in a storm each is asked of every alert.
  if ('fact' in condition) return meetsFact(facts[condition.fact], condition);
  if ('all' in condition) return condition.all.every((each) => meets(facts, each));
  if ('any' in condition) return condition.any.some((each) => meets(facts, each));
  return !meets(facts, condition.not);
};

const meetsFact = (known: Facts[FactName], condition: Extract<Condition, { fact: FactName }>): boolean => {
  if (known === undefined) return false;
  if (typeof known !== 'number') return known === (condition.is ?? true);
  return (
    (condition.above === undefined || known > condition.above) &&
    (condition.atLeast === undefined || known >= condition.atLeast) &&
    (condition.below === undefined || known < condition.below)
  );
};

/** The facts a condition looks at, for saying why it decided. */
export const factsNamed = (condition: Condition): FactName[] => {
  if ('all' in condition) return condition.all.flatMap(factsNamed);
  if ('any' in condition) return condition.any.flatMap(factsNamed);
  if ('not' in condition) return factsNamed(condition.not);
  return [condition.fact];
};
