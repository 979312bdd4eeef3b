import { expect, test } from '@jest/globals';
import { renderNotification } from '../../../src/domain/message/notification.js';
import { notificationFieldsOf } from '../../../src/domain/message/notificationFields.js';

const aware = Date.parse('2026-11-02T00:00Z');
const filing = { outcome: 'filed', at: aware, by: 'ana', to: 'the authority' } as const;
const crisis = {
  services: ['shop'],
  facts: { usersAffected: 1200 },
  regulatory: {
    marks: { aware },
    deadlines: [],
    said: {},
    filings: [
      { ...filing, obligation: 'gdpr-authority', reference: 'LDA-7' },
      { ...filing, obligation: 'nis2-early-warning', reference: 'B-1' },
    ],
  },
};
const sender = { organisation: 'Example Shop', contact: 'Dee, dpo@shop.example' };

test('a draft says what the crisis knows and who writes, and leaves the rest to people', () => {
  const { text, missing } = renderNotification(
    'gdpr-authority',
    notificationFieldsOf(crisis, 'gdpr-authority', sender),
    {
      drill: false,
    },
  )!;

  expect(text).toContain('When we became aware of it:\n2026-11-02 00:00 UTC');
  expect(text).toContain('1200 people, as far as known');
  expect(text).toContain('Dee, dpo@shop.example');
  expect(missing).toEqual(['nature', 'records', 'consequences', 'measures', 'planned']);
});

test('a later report goes by the reference that the same regulator gave before', () => {
  expect(notificationFieldsOf(crisis, 'nis2-notification', sender).reference).toBe('B-1');
  expect(notificationFieldsOf(crisis, 'sec-8k', sender)).not.toHaveProperty('reference');
});

test('of a crisis of which nothing is known, nothing is said', () => {
  expect(notificationFieldsOf({ services: [], facts: {} }, 'gdpr-authority', {})).toEqual({});
});
