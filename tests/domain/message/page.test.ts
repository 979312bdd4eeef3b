import { expect, test } from '@jest/globals';
import type { PageMessage } from '../../../src/domain/effect.js';
import { renderPage, type PageFrame } from '../../../src/domain/message/page.js';
import { shortRef } from '../../../src/domain/message/reference.js';
import { segmentsOf } from '../../../src/domain/message/sms.js';
import { hostile } from './hostile.js';

const now = Date.parse('2026-11-03T03:02:12Z');
const frame: PageFrame = {
  key: 'CR-1/page/response/r0/s0/ana/email',
  ackUrl: 'https://firebreak.example/a/token',
  drill: false,
  possibleRepeat: false,
  now,
};
const message: PageMessage = {
  crisisId: 'CR-1',
  severity: 'P0',
  title: 'Checkout is down',
  why: 'Complete service outage (completeOutage=true)',
  services: ['shop'],
  declaredAt: now - 132_000,
  reason: 'You are primary on call',
  bridge: 'https://meet.example/firebreak',
  next: 'Without an answer the secondary will be paged in 2m.',
};

test('someone woken at three reads what, why, since when, what to do, and what happens otherwise', () => {
  const { subject, text } = renderPage(message, frame);

  expect(subject).toBe('P0 critical: shop · Checkout is down');
  expect(text).toBe(`P0 critical · shop · Checkout is down

Why: Complete service outage (completeOutage=true)
Since: 2026-11-03 03:00 UTC (2m 12s ago)
Why you: You are primary on call

Acknowledge: https://firebreak.example/a/token
Without an answer the secondary will be paged in 2m.

Bridge: https://meet.example/firebreak
Crisis: CR-1, ref ${shortRef(frame.key)}
`);
});

test('a page that goes out at once counts no milliseconds', () => {
  const { text } = renderPage({ ...message, declaredAt: now - 171 }, frame);

  expect(text).toContain('Since: 2026-11-03 03:02 UTC (1s ago)');
});

test('the text message is one of two segments with the link and the reference', () => {
  const { sms } = renderPage(message, frame);

  expect(sms).toBe(`P0 shop - Checkout is down\nAck: ${frame.ackUrl}\nref ${shortRef(frame.key)}`);
  expect(segmentsOf(sms)).toBe(1);
});

test('a late page says how late it is, why, and what was passed over', () => {
  const { text } = renderPage({ ...message, lateMs: 360_000, missed: 2 }, frame);

  expect(text).toContain(
    'Late: this page is 6m late: Firebreak could not send in time; 2 earlier steps were passed over',
  );
});

test('a possible repeat and a drill say that they are', () => {
  const { subject, text, sms, html } = renderPage(message, { ...frame, possibleRepeat: true, drill: true });

  expect(text).toContain('Note: this may be a repeat');
  expect(sms).toContain('Repeat? P0');
  for (const part of [subject, text, sms]) expect(part.startsWith('[DRILL] ')).toBe(true);
  expect(html).toContain('[DRILL] P0 critical');
});

test.each(hostile)('%j in every field of an alert stays words', (evil) => {
  const poisoned = { ...message, title: evil, why: evil, reason: evil, next: evil, crisisId: evil, bridge: evil };
  const { subject, text, html } = renderPage({ ...poisoned, services: [evil], severity: evil }, frame);

  expect(subject).not.toMatch(/[\r\n\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
  expect(text.split('\n').filter((line) => line.startsWith('Acknowledge: '))).toEqual([`Acknowledge: ${frame.ackUrl}`]);
  expect(text.split('\n').length).toBeLessThan(20);
  expect(html).not.toMatch(/<(script|img|form|style|!--|a href="(?!https:\/\/firebreak\.example\/a\/token))/i);
  expect(html.match(/<table/g)).toHaveLength(1);
  expect(html.length).toBeLessThan(12_000);
});

test('an acknowledge link of another kind than http never becomes one', () => {
  expect(renderPage(message, { ...frame, ackUrl: 'javascript:alert(1)' }).html).not.toContain('javascript:');
});
