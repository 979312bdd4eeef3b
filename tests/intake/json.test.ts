import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseJson } from '../../src/intake/json.js';

const read = (text: string) => parseJson(new TextEncoder().encode(text));
const fault = (text: string) => {
  const parsed = read(text);
  return 'fault' in parsed ? parsed.fault : undefined;
};

test('whatever JSON can say without doubled keys is read as it is', () => {
  const json = fc.json({ maxDepth: 8, noUnicodeString: false }).filter((text) => !text.includes('__proto__'));
  fc.assert(fc.property(json, (text) => expect(read(text)).toEqual({ value: JSON.parse(text) as unknown })));
});

test('a key that comes twice is refused with its place, however it is written', () => {
  expect(fault('{"a":[{"b":1},{"b":1,"c":{},"\\u0062":2}]}')).toEqual({
    pointer: '/a/1/b',
    detail: 'expected each key once; this one came twice',
  });
  expect(fault('{"a":{"x":1},"b":{"x":1},"s":"\\"x\\":{,"}')).toBeUndefined();
});

test('a key that would reach a prototype is refused', () => {
  expect(fault('{"a":{"__proto__":{"admin":true}}}')?.pointer).toBe('/a/__proto__');
});

test('a hundred thousand levels are refused without running out of stack', () => {
  expect(fault('['.repeat(100_000) + ']'.repeat(100_000))?.detail).toContain('at most 64 levels');
});

test('what is no JSON, no UTF-8 or nothing at all is refused in words', () => {
  expect(fault('{"a":')?.detail).toMatch(/^expected JSON; /);
  expect(fault('  ')?.detail).toBe('expected a JSON body; got nothing');
  expect(parseJson(Uint8Array.of(0x22, 0xff, 0x22))).toEqual({
    fault: { pointer: '', detail: 'expected text in UTF-8; got other bytes' },
  });
});
