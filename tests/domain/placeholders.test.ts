import { expect, test } from '@jest/globals';
import { Action } from '../../src/domain/action.js';
import { fill, placeholderFaults } from '../../src/domain/placeholders.js';

test('fills each placeholder once, so that a value cannot ask for another', () => {
  expect(fill('to {{a}} and {{ b }}', { a: '{{b}} $& $1', b: 'two' })).toBe('to {{b}} $& $1 and two');
});

test('leaves a name without a value as it is written', () => {
  expect(fill('{{constructor}} {{missing}}', {})).toBe('{{constructor}} {{missing}}');
});

test('names placeholders that no parameter fills', () => {
  const action = Action.parse({ kind: 'http', title: 'Scale', url: 'http://127.0.0.1/{{service}}' });

  expect(placeholderFaults(action)).toEqual(['{{service}} stands for no parameter of this action']);
});

test('lets no parameter choose the program', () => {
  const action = Action.parse({ kind: 'command', title: 'Any', argv: ['{{program}}'], parameters: { program: {} } });

  expect(placeholderFaults(action)).toEqual(['argv.0: the program itself may not come from a parameter']);
});
