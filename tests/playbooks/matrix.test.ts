import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { classify, type CrisisType } from '../../src/domain/classification.js';
import { meets, type Condition } from '../../src/domain/condition.js';
import { Facts, factNames, type FactName } from '../../src/domain/facts.js';
import { isWorse, type Severity } from '../../src/domain/severity.js';
import { defaultRules, seedMatrix } from '../../src/playbooks/matrix.js';

type Row = [facts: Facts, severity: Severity, type: CrisisType, rule: string];

const rowsOfTheSeed: Row[] = [
  [{ completeOutage: true }, 'P0', 'productionOutage', 'complete-outage'],
  [{ securityBreach: true }, 'P0', 'securityIncident', 'security-breach'],
  [{ paymentFailure: true }, 'P0', 'productionOutage', 'payment-failure'],
  [{ legalViolation: true }, 'P0', 'securityIncident', 'legal-violation'],
  [{ partialDegradation: true }, 'P1', 'productionOutage', 'partial-degradation'],
  [{ majorFeatureUnavailable: true }, 'P1', 'productionOutage', 'major-feature'],
  [{ performanceDegraded: true, usersAffectedPercent: 51 }, 'P1', 'productionOutage', 'slow-for-most'],
  [{ dataIntegrityConcern: true }, 'P1', 'dataLoss', 'data-integrity'],
  [{ minorFeatureIssue: true }, 'P2', 'watch', 'minor-feature'],
  [{ performanceDegraded: true, usersAffectedPercent: 49 }, 'P2', 'watch', 'slow-for-some'],
  [{ securityConcern: true }, 'P2', 'watch', 'security-concern'],
  [{ documentationOrUi: true }, 'P2', 'watch', 'documentation-or-ui'],
  [{ cosmetic: true }, 'P3', 'watch', 'cosmetic'],
  [{ enhancementRequest: true }, 'P3', 'watch', 'enhancement'],
  [{ minorOptimisation: true }, 'P3', 'watch', 'minor-optimisation'],
  [{ improvement: true }, 'P3', 'watch', 'improvement'],
];

test.each(rowsOfTheSeed)('%j is %s, a %s, by the rule %s', (facts, severity, type, rule) => {
  expect(classify(facts, defaultRules)).toMatchObject({ severity, type, rule });
});

test('has one rule for each row of the seed, in the order of the seed', () => {
  expect(seedMatrix.map(({ name }) => name)).toEqual(rowsOfTheSeed.map(([, , , rule]) => rule));
});

const rowsBeyondTheSeed: Row[] = [
  [{ dataLoss: true }, 'P0', 'dataLoss', 'data-loss'],
  [{ usersAffectedPercent: 80 }, 'P0', 'productionOutage', 'most-users'],
  [{ usersAffectedPercent: 50 }, 'P1', 'productionOutage', 'half-of-users'],
  [{ usersAffectedPercent: 10 }, 'P2', 'watch', 'tenth-of-users'],
  [{ performanceDegraded: true, usersAffectedPercent: 50 }, 'P2', 'watch', 'slow-for-some'],
  [{ performanceDegraded: true, usersAffectedPercent: 95 }, 'P1', 'productionOutage', 'slow-for-most'],
  [
    { performanceDegraded: true, partialDegradation: true, usersAffectedPercent: 95 },
    'P0',
    'productionOutage',
    'most-users',
  ],
  [{ performanceDegraded: true }, 'P1', 'productionOutage', 'slow-for-unknown'],
  [{ sourceSeverity: 'critical' }, 'P1', 'productionOutage', 'sender-says-critical'],
  [{ sourceSeverity: 'error' }, 'P1', 'productionOutage', 'sender-says-error'],
  [{ sourceSeverity: 'warning' }, 'P2', 'watch', 'sender-says-warning'],
  [{ sourceSeverity: 'info' }, 'P3', 'watch', 'sender-says-info'],
  [{ sourceSeverity: 'critical', cosmetic: true }, 'P3', 'watch', 'cosmetic'],
  [{ sourceSeverity: 'info', completeOutage: true }, 'P0', 'productionOutage', 'complete-outage'],
];

test.each(rowsBeyondTheSeed)('beyond the matrix, %j is %s, a %s, by the rule %s', (facts, severity, type, rule) => {
  expect(classify(facts, defaultRules)).toMatchObject({ severity, type, rule });
});

test('says why, with the facts it stands on, and what else would have held', () => {
  const classification = classify({ completeOutage: true, usersAffectedPercent: 90, cosmetic: true }, defaultRules);

  expect(classification.why).toBe('Complete service outage');
  expect(classification.also).toEqual(['cosmetic', 'most-users', 'half-of-users', 'tenth-of-users']);
});

const valueOf = (name: FactName): fc.Arbitrary<unknown> => {
  if (name === 'sourceSeverity') return fc.constantFrom('critical', 'error', 'warning', 'info');
  if (name === 'regions') return fc.array(fc.string({ maxLength: 5 }), { maxLength: 3 });
  if (name === 'usersAffectedPercent') return fc.integer({ min: 0, max: 100 });
  return Facts.shape[name].safeParse(true).success ? fc.constant(true) : fc.integer({ min: 0, max: 1000 });
};
const model = Object.fromEntries(factNames.map((name) => [name, valueOf(name)] as const));
/** Any part of what may be known. */
const anyFacts = fc.record(model, { requiredKeys: [] }).map((facts) => Facts.parse(facts));

test('the worst rule that holds decides, whatever order the rules come in', () => {
  fc.assert(
    fc.property(
      anyFacts,
      fc.shuffledSubarray([...defaultRules], { minLength: defaultRules.length }),
      (facts, rules) => {
        const { severity } = classify(facts, rules);
        const holding = rules.filter(({ when }) => meets(facts, when));
        if (holding.length === 0) return severity === 'P1';
        return (
          holding.some((rule) => rule.severity === severity) &&
          !holding.some((rule) => isWorse(rule.severity, severity))
        );
      },
    ),
    { numRuns: 2000 },
  );
});

const onlyGrows = (condition: Condition): boolean => {
  if ('all' in condition) return condition.all.every(onlyGrows);
  if ('any' in condition) return condition.any.every(onlyGrows);
  return !('not' in condition) && condition.below === undefined;
};

test('one more fact never makes it less severe, by rules that only grow', () => {
  const growing = defaultRules.filter(({ when }) => onlyGrows(when));
  expect(growing.length).toBeGreaterThan(15);

  fc.assert(
    fc.property(anyFacts, anyFacts, (known, more) => {
      const before = classify(known, growing);
      const after = classify({ ...more, ...known }, growing);
      // From nothing known (then the worse is assumed) to something mild is the one way down.
      return before.rule === 'nothing-known' || !isWorse(before.severity, after.severity);
    }),
    { numRuns: 2000 },
  );
});

test('whatever is known, it is never P2 or P3 while a row of P0 holds', () => {
  const critical = ['completeOutage', 'securityBreach', 'paymentFailure', 'legalViolation', 'dataLoss'] as const;
  fc.assert(
    fc.property(anyFacts, fc.constantFrom(...critical), (facts, fact) => {
      return classify({ ...facts, [fact]: true }, defaultRules).severity === 'P0';
    }),
  );
});
