import { describe, expect, test } from '@jest/globals';
import { notificationNames, renderNotification, type Notification } from '../../../src/domain/message/notification.js';
import { fieldNames, type NotificationFields } from '../../../src/domain/message/notificationSource.js';
import { obligations } from '../../../src/domain/regulatory/obligations.js';
import { hostile } from './hostile.js';

const filled = (value: (name: keyof NotificationFields) => string): NotificationFields =>
  Object.fromEntries(fieldNames.map((name) => [name, value(name)])) as NotificationFields;
const render = (obligation: string, fields: Partial<NotificationFields>, drill = false): Notification => {
  const notification = renderNotification(obligation, fields, { drill });
  if (!notification) throw new Error(`no text for ${obligation}`);
  return notification;
};

test('there is a text for every obligation of every regime, and for nothing else', () => {
  expect([...notificationNames].sort()).toEqual(obligations.map(({ id }) => id).sort());
  expect(renderNotification('constructor', {}, { drill: false })).toBeUndefined();
});

test('the authority reads what GDPR Art. 33(3) lists, with moments as a person reads them', () => {
  const { text, missing } = render('gdpr-authority', {
    organisation: 'Example Shop',
    contact: 'Dee, dpo@shop.example',
    awareAt: '2026-11-02T00:00:00.000Z',
    nature: 'Order addresses were readable for anybody',
    people: 'About 1200 customers',
  });

  expect(text).toContain('When we became aware of it:\n2026-11-02 00:00 UTC');
  expect(text).toContain('Nature of the breach:\nOrder addresses were readable for anybody');
  expect(text).toContain('Likely consequences:\n[to be filled in]');
  expect(missing).toEqual(['records', 'consequences', 'measures', 'planned']);
});

test('a late one gives its reasons, and one in time says nothing of delay', () => {
  expect(render('gdpr-authority', { lateReasons: 'The extent was not known' }).text).toContain(
    'Reasons for the delay:\nThe extent was not known',
  );
  expect(render('gdpr-authority', {}).text).not.toContain('delay:');
});

test('people concerned read of no law but its number, and no identifier of ours', () => {
  const { text } = render(
    'gdpr-subjects',
    filled((name) => `<${name}>`),
  );

  expect(text).toContain('What you can do:\n<advice>');
  for (const inside of ['<identifier>', '<indicators>', '<cause>', '<reference>']) expect(text).not.toContain(inside);
});

describe.each(notificationNames)('%s', (name) => {
  test('marks every blank when nothing is known, and names those that the law wants filled', () => {
    const { text, html, missing } = render(name, {});

    expect(missing.length).toBeGreaterThanOrEqual(4);
    expect(text.match(/\[to be filled in\]/g)?.length).toBeGreaterThanOrEqual(missing.length);
    expect(text).not.toMatch(/\n{3}|undefined|\{\{|\{%/);
    expect(html).not.toMatch(/undefined|\{\{|\{%/);
  });

  test('has no blank left when everything is filled', () => {
    const { text, missing } = render(
      name,
      filled((field) => `what is known of ${field}`),
    );

    expect(missing).toEqual([]);
    expect(text).not.toContain('to be filled in');
  });

  test('a drill says that it must not be filed', () => {
    const { subject, text, html } = render(name, {}, true);

    expect(subject.startsWith('[DRILL] ')).toBe(true);
    expect(text).toContain('DO NOT FILE');
    expect(html).toContain('[DRILL] ');
  });

  test.each(hostile)('%j in every field stays words', (evil) => {
    const { subject, text, html } = render(
      name,
      filled(() => evil),
    );

    expect(subject).not.toMatch(/[\r\n\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    expect(subject.length).toBeLessThanOrEqual(410);
    expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]|(?!\n)\p{Cc}/u);
    expect(html).not.toMatch(/<(script|img|form|style|!--|a )/i);
    expect(html.match(/<table/g)).toHaveLength(1);
  });
});
