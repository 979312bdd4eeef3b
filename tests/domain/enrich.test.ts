import { expect, test } from '@jest/globals';
import type { Alert } from '../../src/domain/alert.js';
import { enrich } from '../../src/domain/enrich.js';

const alert: Alert = {
  id: 'a-1',
  format: 'alertmanager',
  detection: 'monitoring alert',
  status: 'firing',
  dedupKey: 'k',
  summary: 's',
  service: 'shop',
  labels: { alertname: 'CheckoutDown', env: 'prod' },
  facts: { usersAffectedPercent: 10 },
  receivedAt: 0,
};

test('a rule whose labels all match adds its facts', () => {
  const facts = [{ match: { alertname: 'CheckoutDown', env: 'prod' }, facts: { completeOutage: true } }];
  expect(enrich(alert, { facts }).facts).toEqual({ completeOutage: true, usersAffectedPercent: 10 });
});

test('a rule of which one label differs adds nothing', () => {
  const facts = [{ match: { alertname: 'CheckoutDown', env: 'test' }, facts: { completeOutage: true } }];
  expect(enrich(alert, { facts })).toEqual(alert);
});

test('a rule may match the service, and what the alert states counts more than the rule', () => {
  const facts = [
    { match: { service: 'shop' }, facts: { usersAffectedPercent: 90, paymentFailure: false } },
    { match: { service: 'shop' }, facts: { paymentFailure: true } },
  ];
  expect(enrich(alert, { facts }).facts).toEqual({ usersAffectedPercent: 10, paymentFailure: true });
});

test('a label that objects inherit matches nothing', () => {
  expect(enrich(alert, { facts: [{ match: { constructor: 'x' }, facts: { cosmetic: true } }] })).toEqual(alert);
});
