import { expect, test } from '@jest/globals';
import { createCipher } from '../../src/codec/cipher.js';
import { readKeyring } from '../../src/codec/keyring.js';
import { Unreadable } from '../../src/domain/cipher.js';

const keyOf = (letter: string): string => Buffer.from(letter.repeat(32)).toString('base64');
const old = createCipher(readKeyring('old', { old: keyOf('a') }), 'a secret');
const rotated = createCipher(readKeyring('new', { old: keyOf('a'), new: keyOf('b') }), 'a secret');

test('a text comes back where it was written, with the key it was written with', () => {
  const before = old.seal('db-7 is isolated', 'heron state');

  expect(JSON.stringify(before)).not.toContain('db-7');
  expect(rotated.open(before, 'heron state')).toBe('db-7 is isolated');
  expect(rotated.seal('x', 'heron state').key).toBe('new');
});

test('in another row, changed, or without its key it is not readable', () => {
  const sealed = rotated.seal('db-7 is isolated', 'heron event 1');

  expect(() => rotated.open(sealed, 'heron event 2')).toThrow(Unreadable);
  expect(() => rotated.open({ ...sealed, key: 'old' }, 'heron event 1')).toThrow(Unreadable);
  expect(() => rotated.open({ ...sealed, sealed: 'AAAA' }, 'heron event 1')).toThrow(/cut off/);
  expect(() => old.open(sealed, 'heron event 1')).toThrow('encryption key new is missing');
});

test('rows are found by the same blind key after a rotation, and it tells nothing', () => {
  expect(rotated.blind('heron/page/ana')).toBe(old.blind('heron/page/ana'));
  expect(old.blind('heron/page/ana')).not.toContain('ana');
  expect(old.blind('heron/page/ben')).not.toBe(old.blind('heron/page/ana'));
});
