import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { referenceLine, shortRef } from '../../../src/domain/message/reference.js';
import { segmentsOf, smsText, toGsm } from '../../../src/domain/message/sms.js';
import { hostile } from './hostile.js';

const key = 'CR-1/page/response/r0/s0/ana/sms';
const link = `https://firebreak.example.com/a/${'x'.repeat(190)}`;

test('two segments hold the words, the whole link and the reference, whatever the words are', () => {
  fc.assert(
    fc.property(fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'grapheme', maxLength: 400 })), (words) => {
      const text = smsText(key, words, link);
      expect(text).toContain(`Ack: ${link}`);
      expect(text).toContain(referenceLine(key));
      expect(segmentsOf(text)).toBeLessThanOrEqual(2);
      expect(toGsm(text)).toBe(text);
    }),
    { numRuns: 1_000 },
  );
});

test('a link too long for two segments is not cut; a third is paid for', () => {
  const long = `https://firebreak.example.com/a/${'x'.repeat(280)}`;
  const text = smsText(key, 'P0 shop: checkout is down', long);
  expect(text).toContain(long);
  expect(segmentsOf(text)).toBe(3);
});

test('text leaves the alphabet of 70 characters a segment', () => {
  expect(toGsm('“Café” – naïve, ñandú, Ærø … 決済 👍')).toBe('"Café" - naive, ñandu, Ærø ...  ');
});

test('a reference is short, readable, the same each time, and differs between keys', () => {
  expect(shortRef(key)).toMatch(/^[0-9A-HJKMNP-TV-Z]{6}$/);
  expect(shortRef(key)).toBe(shortRef(key));
  const keys = Array.from({ length: 5_000 }, (_, round) => `CR-1/page/response/r${round}/s0/ana/sms`);
  expect(new Set(keys.map(shortRef)).size).toBeGreaterThanOrEqual(4_999);
});
