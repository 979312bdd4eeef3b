import { expect, test } from '@jest/globals';
import { classify, Rule } from '../../src/domain/classification.js';

const rule = (name: string, severity: Rule['severity'], fact: 'highImpact' | 'cosmetic' | 'regulatory'): Rule => ({
  name,
  severity,
  type: 'productionOutage',
  when: { fact },
  says: `because of ${name}`,
});

test('assumes the worse and has somebody look when nothing is known', () => {
  expect(classify({}, [rule('a', 'P3', 'cosmetic')])).toEqual({
    severity: 'P1',
    type: 'productionOutage',
    rule: 'nothing-known',
    why: 'Nothing is known of the impact; in doubt the worse',
    facts: {},
    also: [],
  });
});

test('lets the most severe rule decide, and of equals the first', () => {
  const rules = [rule('mild', 'P3', 'cosmetic'), rule('first', 'P0', 'highImpact'), rule('second', 'P0', 'regulatory')];
  const facts = { cosmetic: true, highImpact: true, regulatory: true };

  expect(classify(facts, rules)).toMatchObject({ rule: 'first', severity: 'P0', also: ['mild', 'second'] });
});

test('says why with the figures the rule looked at, and no others', () => {
  const most = { ...rule('most', 'P0', 'highImpact'), when: { fact: 'usersAffectedPercent', above: 50 } as const };

  expect(classify({ usersAffectedPercent: 60, usersAffected: 12 }, [most]).why).toBe(
    'because of most (usersAffectedPercent=60)',
  );
});

test('says nothing beside the rule’s own sentence where a flag decided', () => {
  expect(classify({ highImpact: true, usersAffected: 12 }, [rule('impact', 'P0', 'highImpact')]).why).toBe(
    'because of impact',
  );
});

test('names what is wrong with a rule of the configuration', () => {
  const parsed = Rule.safeParse({ name: 'x', severity: 'P9', type: 'outage', when: { fact: 'cosmetic' }, says: 'x' });

  expect(parsed.error?.issues.map(({ path }) => path.join('.'))).toEqual(['severity', 'type']);
});
