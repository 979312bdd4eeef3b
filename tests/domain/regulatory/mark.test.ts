import { expect, test } from '@jest/globals';
import { anchors, Mark, MarkInput, markFault, markNames, type Marks } from '../../../src/domain/regulatory/mark.js';

const at = (iso: string): number => Date.parse(iso);
const now = at('2026-11-05T00:00Z');
const known: Marks = { occurred: at('2026-11-01T00:00Z'), aware: at('2026-11-02T00:00Z') };
const fault = (anchor: string, when: string, reason?: string) =>
  markFault(MarkInput.parse({ anchor, at: when, ...(reason && { reason }) }), known, now);

test('there are four anchors, and every mark has a name a person understands', () => {
  expect(anchors).toEqual(['occurred', 'aware', 'classified', 'material']);
  expect(Object.keys(markNames)).toEqual(Mark.options);
});

test.each([
  ['classified', '2026-11-02T00:00:00Z'],
  ['material', '2026-11-05T01:00:00+01:00'],
  ['fixAvailable', '2026-10-01T00:00:00Z'],
])('%s at %s can stand beside the others', (anchor, when) => {
  expect(fault(anchor, when)).toBeUndefined();
});

test.each([
  ['classified', '2026-11-05T00:00:01Z', /^at: expected a moment that has passed/],
  ['classified', '2026-11-01T12:00:00Z', /it was classified as major .* cannot be before we became aware of it/],
  ['material', '2026-10-31T00:00:00Z', /cannot be before it occurred/],
  ['aware', '2026-11-03T00:00:00Z', /^reason: aware stands at 2026-11-02T00:00:00.000Z; expected a reason/],
])('%s at %s cannot', (anchor, when, says) => {
  expect(fault(anchor, when)).toMatch(says);
});

test('a mark is corrected with a reason, never past what depends on it', () => {
  expect(fault('aware', '2026-11-01T12:00:00Z', 'The mail was read earlier')).toBeUndefined();
  expect(fault('occurred', '2026-11-03T00:00:00Z', 'The logs say so')).toMatch(
    /^at: we became aware of it .* cannot be before it occurred/,
  );
});

test('marking the same moment again changes nothing and needs no reason', () => {
  expect(fault('aware', '2026-11-02T00:00:00Z')).toBeUndefined();
});

test('a moment without its offset is no moment', () => {
  expect(MarkInput.safeParse({ anchor: 'aware', at: '2026-11-02T00:00:00' }).success).toBe(false);
});
