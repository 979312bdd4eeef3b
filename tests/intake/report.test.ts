import { expect, test } from '@jest/globals';
import { Alert } from '../../src/domain/alert.js';
import { parseReport } from '../../src/intake/report.js';
import { faultsIn, now, onlyAlert, sender } from './sender.js';

test('a report says who sees what, where, since when and how many are hit', () => {
  const report = {
    by: 'mara',
    summary: 'Customers cannot pay',
    service: 'shop',
    since: '2026-01-05T09:15:00+00:00',
    usersAffected: 40,
    usersAffectedPercent: 60,
    details: 'Cards are refused.\nVouchers work.',
    facts: { paymentFailure: true },
  };
  const alert = onlyAlert(parseReport(report, sender({ detection: 'user report' })));
  expect(alert).toEqual({
    id: 'a-1',
    format: 'report',
    detection: 'user report',
    status: 'firing',
    dedupKey: 'report-a-1',
    summary: 'Customers cannot pay',
    details: 'Cards are refused.\nVouchers work.',
    service: 'shop',
    labels: {},
    facts: { paymentFailure: true, usersAffected: 40, usersAffectedPercent: 60 },
    startedAt: now - 900_000,
    receivedAt: now,
    by: 'mara',
  });
  expect(() => Alert.parse(alert)).not.toThrow();
});

test('a report with nobody behind it, or with nonsense for a number, is refused', () => {
  expect(faultsIn(parseReport({ summary: 'x', usersAffected: -1, since: 'yesterday' }, sender()))).toEqual([
    { pointer: '/by', detail: 'expected string; got nothing' },
    { pointer: '/since', detail: 'expected a time such as 2026-01-05T09:00:00Z; got "yesterday"' },
    { pointer: '/usersAffected', detail: 'Too small: expected number to be >=0; got -1' },
  ]);
});
