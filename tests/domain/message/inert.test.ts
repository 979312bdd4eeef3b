import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { oneLine, someLines, webLink } from '../../../src/domain/message/inert.js';
import { hostile } from './hostile.js';

const active = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u;

test('whatever comes in, one harmless line of bounded length comes out, and a second time changes nothing', () => {
  const texts = fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));
  fc.assert(
    fc.property(texts, (text) => {
      const line = oneLine(text, 80);
      expect(line).not.toMatch(active);
      expect(Array.from(line).length).toBeLessThanOrEqual(80);
      expect(oneLine(line, 80)).toBe(line);
    }),
    { numRuns: 2_000 },
  );
});

test('ordinary text of any script stays as it is', () => {
  for (const text of ['Die Kasse ist zu', '決済が停止', 'پرداخت نمی‌شود', 'café – naïve “quotes” 👩‍🚒'])
    expect(oneLine(text)).toBe(text);
});

test('what a person wrote keeps its lines, one empty one in a row', () => {
  expect(someLines('We are on it.\r\n\r\n\r\n\r\nMore soon.\u202E')).toBe('We are on it.\n\nMore soon.');
});

test.each([
  ['https://meet.example/room?x=1', true],
  ['http://127.0.0.1:7400/a/x', true],
  ['javascript:alert(1)', false],
  ['data:text/html,<script>', false],
  ['https://ana:secret@meet.example', false],
  ['JaVaScRiPt:alert(1)', false],
  ['\u0001javascript:alert(1)', false],
  ['+49 30 1234567', false],
])('%s becomes a link: %s', (text, is) => {
  expect(webLink(text) !== undefined).toBe(is);
});
