import { expect, test } from '@jest/globals';
import { CommandAction } from '../../src/domain/action.js';
import { checkParameters, secretValues } from '../../src/domain/parameters.js';

const schema = CommandAction.shape.parameters.parse({
  version: { pattern: '\\d+\\.\\d+\\.\\d+' },
  replicas: { type: 'number', default: 3 },
  region: { oneOf: ['north', 'south'], default: 'north' },
  dryRun: { type: 'boolean', default: false },
  token: { secret: true, pattern: '[a-z]+', default: 'abc' },
});
const check = (given: Record<string, string | number | boolean>) => checkParameters(schema, given);

test('fills in defaults and reads numbers and booleans from texts', () => {
  expect(check({ version: '1.4.1', replicas: '12', dryRun: 'true' })).toEqual({
    values: { version: '1.4.1', replicas: 12, region: 'north', dryRun: true, token: 'abc' },
  });
});

test.each([
  [{}, 'parameter version is missing'],
  [{ version: '1.4.1', colour: 'red' }, 'parameter colour is unknown; this action takes version, replicas'],
  [{ version: '1.4.1', toString: 'x' }, 'parameter toString is unknown'],
  [{ version: '1.4.1; rm -rf /' }, 'parameter version: expected to match \\d+\\.\\d+\\.\\d+; got "1.4.1; rm -rf /"'],
  [{ version: '1.4.1\n' }, 'parameter version: expected to match'],
  [{ version: 1.4 }, 'parameter version: expected a string; got number 1.4'],
  [{ version: '1.4.1', replicas: 'many' }, 'parameter replicas: expected a number; got string "many"'],
  [{ version: '1.4.1', replicas: Infinity }, 'parameter replicas: expected a number'],
  [{ version: '1.4.1', region: 'west' }, 'parameter region: expected one of north, south; got "west"'],
  [{ version: '1\0' }, 'parameter version: holds a NUL character'],
  [{ version: '1'.repeat(9000) }, 'parameter version: expected at most 8192 characters; got 9000'],
])('names what is wrong with %j', (given, fault) => {
  expect(check(given as Record<string, string>)).toMatchObject({ fault: expect.stringContaining(fault) });
});

test('never repeats the value of a secret in a fault', () => {
  expect(check({ version: '1.4.1', token: 'hunter2' })).toEqual({
    fault: 'parameter token: expected to match [a-z]+; got something else',
  });
});

test('says so when a pattern is no regular expression', () => {
  const broken = CommandAction.shape.parameters.parse({ name: { pattern: '(' } });

  expect(checkParameters(broken, { name: 'x' })).toEqual({
    fault: 'parameter name: its pattern ( is not a regular expression',
  });
});

test('lists the values that nobody should read', () => {
  expect(secretValues(schema, { version: '1.4.1', token: 'abc' })).toEqual(['abc']);
});
