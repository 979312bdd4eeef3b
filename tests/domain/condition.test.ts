import { expect, test } from '@jest/globals';
import { Condition, factsNamed, meets } from '../../src/domain/condition.js';

test('a flag meets its condition when it is true, and `is: false` when somebody said it is false', () => {
  expect(meets({ completeOutage: true }, { fact: 'completeOutage' })).toBe(true);
  expect(meets({ completeOutage: false }, { fact: 'completeOutage' })).toBe(false);
  expect(meets({ completeOutage: false }, { fact: 'completeOutage', is: false })).toBe(true);
});

test('what is not known meets nothing, so its negation holds', () => {
  expect(meets({}, { fact: 'completeOutage' })).toBe(false);
  expect(meets({}, { fact: 'completeOutage', is: false })).toBe(false);
  expect(meets({}, { not: { fact: 'completeOutage' } })).toBe(true);
});

test.each([
  [50, { above: 50 }, false],
  [51, { above: 50 }, true],
  [50, { atLeast: 50 }, true],
  [49, { atLeast: 50 }, false],
  [50, { below: 50 }, false],
  [49, { below: 50 }, true],
  [0, { atLeast: 0 }, true],
])('%d users in a hundred against %j is %s', (usersAffectedPercent, bound, expected) => {
  expect(meets({ usersAffectedPercent }, { fact: 'usersAffectedPercent', ...bound })).toBe(expected);
});

test('a word is compared as it is', () => {
  expect(meets({ sourceSeverity: 'error' }, { fact: 'sourceSeverity', is: 'error' })).toBe(true);
  expect(meets({ sourceSeverity: 'error' }, { fact: 'sourceSeverity', is: 'critical' })).toBe(false);
});

test('all and any combine, and the facts they look at are named', () => {
  const condition: Condition = {
    all: [{ fact: 'performanceDegraded' }, { any: [{ fact: 'highImpact' }, { not: { fact: 'cosmetic' } }] }],
  };

  expect(meets({ performanceDegraded: true }, condition)).toBe(true);
  expect(meets({ performanceDegraded: true, cosmetic: true }, condition)).toBe(false);
  expect(meets({ performanceDegraded: true, cosmetic: true, highImpact: true }, condition)).toBe(true);
  expect(factsNamed(condition)).toEqual(['performanceDegraded', 'highImpact', 'cosmetic']);
});

test.each([
  [{ fact: 'noSuchFact' }, 'an unknown fact'],
  [{ fact: 'cosmetic', over: 3 }, 'an unknown bound'],
  [{ all: [] }, 'an empty list'],
])('the configuration may not hold %j: %s', (condition, _why) => {
  expect(Condition.safeParse(condition).success).toBe(false);
});
