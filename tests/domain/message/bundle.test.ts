import { expect, test } from '@jest/globals';
import { renderBundle, smsPortions } from '../../../src/domain/message/bundle.js';
import type { PageMessage } from '../../../src/domain/effect.js';

const now = Date.UTC(2026, 2, 2, 3);
const pageOf = (nth: number, fields: Partial<PageMessage> = {}) => ({
  ackUrl: `https://firebreak.example/a/${'t'.repeat(170)}${nth}`,
  message: {
    crisisId: `shop-${nth}-20260302-abcde`,
    severity: 'P1',
    title: `part ${nth} is slow`,
    why: 'Partial degradation',
    services: [`shop-${nth}`],
    declaredAt: now - 60_000,
    reason: 'you are on call',
    next: '',
    ...fields,
  },
});
const frame = { key: 'bundle:ana:1', now };

test('a bundle names every crisis with its own link, the worst first', () => {
  const pages = [pageOf(1), pageOf(2), pageOf(3, { severity: 'P0', title: 'checkout is down' })];
  const { subject, text, html } = renderBundle(pages, frame);

  expect(subject).toBe('3 crises at once, the worst P0 critical · shop-3 · checkout is down');
  for (const { message, ackUrl } of pages) {
    expect(text).toContain(`Crisis: ${message.crisisId}\nAcknowledge: ${ackUrl}`);
    expect(html).toContain(`href="${ackUrl}"`);
  }
  expect(text.indexOf('shop-3')).toBeLessThan(text.indexOf('shop-1'));
});

test('a bundle by text message is as many messages as its links need, none of them longer than a provider takes', () => {
  const pages = Array.from({ length: 12 }, (_, nth) => pageOf(nth));
  const portions = smsPortions(pages);

  expect(portions.flat()).toHaveLength(12);
  for (const portion of portions) {
    const { sms } = renderBundle(portion, frame);
    expect(sms.length).toBeLessThanOrEqual(1_600);
    for (const { ackUrl } of portion) expect(sms.split('\n')).toContain(ackUrl);
  }
});

test('what an alert says stays on its line and is no markup', () => {
  const { subject, text, html } = renderBundle([pageOf(1, { title: 'a\nBcc: eve@example.com <b>x</b>' })], frame);

  expect(subject).not.toContain('\n');
  expect(text).not.toMatch(/^Bcc/m);
  expect(html).not.toContain('<b>');
});
