import { expect, test } from '@jest/globals';
import { Alert } from '../../src/domain/alert.js';
import { parseAlertmanager } from '../../src/intake/alertmanager.js';
import { alertsOf, faultsIn, now, onlyAlert, sender } from './sender.js';

const checkoutDown = {
  status: 'firing',
  labels: { alertname: 'CheckoutDown', job: 'shop', instance: '10.0.3.7:9102', severity: 'critical' },
  annotations: {
    summary: 'Checkout answers 500',
    description: 'Four of four replicas fail.',
    fact_complete_outage: 'true',
  },
  startsAt: '2026-01-05T09:28:41.104772113Z',
  endsAt: '0001-01-01T00:00:00Z',
  generatorURL: 'http://prometheus:9090/graph?g0.expr=up',
  fingerprint: '9a3d1c5e7f2b4860',
};
const group = {
  version: '4',
  groupKey: '{}:{alertname="CheckoutDown"}',
  truncatedAlerts: 0,
  receiver: 'firebreak',
  status: 'firing',
  groupLabels: { alertname: 'CheckoutDown' },
  commonLabels: {},
  commonAnnotations: {},
  externalURL: 'http://alertmanager:9093',
  notification_reason: 'new alert',
  alerts: [checkoutDown],
};

test('a firing alert keeps its name, service, severity, facts and start', () => {
  const alert = onlyAlert(parseAlertmanager(group, sender()));
  expect(alert).toEqual({
    id: 'a-1',
    format: 'alertmanager',
    detection: 'monitoring alert',
    status: 'firing',
    dedupKey: '9a3d1c5e7f2b4860',
    summary: 'Checkout answers 500',
    details: 'Four of four replicas fail.',
    service: 'shop',
    labels: checkoutDown.labels,
    facts: { completeOutage: true, sourceSeverity: 'critical' },
    startedAt: Date.UTC(2026, 0, 5, 9, 28, 41, 104),
    receivedAt: now,
    link: 'http://prometheus:9090/graph?g0.expr=up',
  });
  expect(() => Alert.parse(alert)).not.toThrow();
});

test('a group with firing and resolved alerts gives one alert each', () => {
  const resolved = { ...checkoutDown, status: 'resolved', fingerprint: '01', endsAt: '2026-01-05T09:29:00Z' };
  const alerts = alertsOf(parseAlertmanager({ ...group, alerts: [checkoutDown, resolved] }, sender()));
  expect(alerts.map(({ status, dedupKey }) => [status, dedupKey])).toEqual([
    ['firing', '9a3d1c5e7f2b4860'],
    ['resolved', '01'],
  ]);
});

test('an old sender without fingerprints gets the one Prometheus would make, whatever the order of its labels', () => {
  const key = (labels: Record<string, string>) =>
    onlyAlert(parseAlertmanager({ alerts: [{ status: 'firing', labels }] }, sender())).dedupKey;
  expect(key({ name: 'garland, briggs', fear: 'love is not enough' })).toBe(5799056148416392346n.toString(16));
  expect(key({ fear: 'love is not enough', name: 'garland, briggs' })).toBe(
    key({ name: 'garland, briggs', fear: 'love is not enough' }),
  );
  expect(key({})).toBe('cbf29ce484222325');
});

test('alerts that the sender left out are counted in the details', () => {
  const { details } = onlyAlert(parseAlertmanager({ ...group, truncatedAlerts: 12 }, sender()));
  expect(details).toContain('left out 12 more alerts');
});

test('a fact that cannot be read is named in the details, and the alert still counts', () => {
  const labels = { ...checkoutDown.labels, fact_users_affected_percent: 'lots', fact_revenue_lost: '1e400' };
  const { details, facts } = onlyAlert(parseAlertmanager({ alerts: [{ ...checkoutDown, labels }] }, sender()));
  expect(details).toContain('Not understood: fact_users_affected_percent=lots, fact_revenue_lost=1e400');
  expect(facts).toEqual({ completeOutage: true, sourceSeverity: 'critical' });
});

test('labels carry figures, regions and the way of detection', () => {
  const labels = {
    fact_users_affected_percent: '60%',
    fact_users_affected: '1200',
    fact_regions: 'eu-west, us-east',
    fact_documentation_or_ui: 'false',
    detection: 'health_check',
  };
  const alert = onlyAlert(parseAlertmanager({ alerts: [{ ...checkoutDown, annotations: {}, labels }] }, sender()));
  expect(alert.facts).toEqual({
    usersAffectedPercent: 60,
    usersAffected: 1200,
    regions: ['eu-west', 'us-east'],
    documentationOrUi: false,
  });
  expect(alert.detection).toBe('health check');
});

test('texts longer than ours are cut with an ellipsis, never refused', () => {
  const annotations = { summary: 'x'.repeat(5000), description: 'y'.repeat(50_000) };
  const alert = onlyAlert(
    parseAlertmanager({ alerts: [{ ...checkoutDown, labels: { service: 's'.repeat(999) }, annotations }] }, sender()),
  );
  expect(alert.summary).toHaveLength(1024);
  expect(alert.summary.endsWith('…')).toBe(true);
  expect(() => Alert.parse(alert)).not.toThrow();
});

test('line breaks and control characters cannot get into a header', () => {
  const annotations = { summary: 'down\r\nBcc: all@shop.example\u0000\u001b[31m\u202e \ud800' };
  expect(onlyAlert(parseAlertmanager({ alerts: [{ ...checkoutDown, annotations }] }, sender())).summary).toBe(
    'down Bcc: all@shop.example[31m \ufffd',
  );
});

test('a link that is not http is left out', () => {
  const alert = onlyAlert(
    parseAlertmanager({ alerts: [{ ...checkoutDown, generatorURL: 'javascript:alert(1)' }] }, sender()),
  );
  expect(alert.link).toBeUndefined();
});

test('every fault is named with its place, what was expected and what came', () => {
  const body = {
    ...group,
    truncatedAlerts: 'many',
    alerts: [checkoutDown, { status: 'broken', labels: { 'a/b': 5 } }],
  };
  expect(faultsIn(parseAlertmanager(body, sender()))).toEqual([
    { pointer: '/truncatedAlerts', detail: 'expected number; got "many"' },
    { pointer: '/alerts/1/status', detail: 'expected one of "firing"|"resolved"; got "broken"' },
    { pointer: '/alerts/1/labels/a~1b', detail: 'expected string; got 5' },
  ]);
  expect(faultsIn(parseAlertmanager({ version: '4' }, sender()))).toEqual([
    { pointer: '/alerts', detail: 'expected array; got nothing' },
  ]);
});
