import { expect, test } from '@jest/globals';
import { Alert } from '../../src/domain/alert.js';
import { parsePagerduty } from '../../src/intake/pagerduty.js';
import { faultsIn, now, onlyAlert, sender } from './sender.js';

const trigger = {
  routing_key: 'R0123456789ABCDEF0123456789ABCDE',
  event_action: 'trigger',
  dedup_key: 'srv01/HTTP',
  client: 'Nagios',
  client_url: 'https://nagios.shop.example/srv01',
  images: [{ src: 'https://chart.example/1.png' }],
  payload: {
    summary: 'HTTP on srv01 does not answer',
    severity: 'error',
    source: 'srv01.shop.example',
    timestamp: '2026-01-05T09:29:00.315+0000',
    component: 'checkout',
    group: 'prod-datapipe',
    class: 'ping failure',
    custom_details: { load_avg: 0.75, fact_payment_failure: true, nested: { ignored: 1 } },
  },
};

test('a trigger becomes a firing alert under its own key', () => {
  const parsed = parsePagerduty(trigger, sender());
  const alert = onlyAlert(parsed);
  expect(parsed).toMatchObject({ dedupKey: 'srv01/HTTP' });
  expect(alert).toMatchObject({
    format: 'pagerduty',
    status: 'firing',
    dedupKey: 'srv01/HTTP',
    summary: 'HTTP on srv01 does not answer',
    service: 'checkout',
    facts: { sourceSeverity: 'error', paymentFailure: true },
    labels: { component: 'checkout', group: 'prod-datapipe', load_avg: '0.75' },
    startedAt: Date.UTC(2026, 0, 5, 9, 29, 0, 315),
    receivedAt: now,
    link: 'https://nagios.shop.example/srv01',
  });
  expect(alert.details).toContain('"ignored": 1');
  expect(() => Alert.parse(alert)).not.toThrow();
});

test('a trigger without a key is given one, and the answer can name it', () => {
  const { dedup_key: _, ...withoutKey } = trigger;
  const parsed = parsePagerduty(withoutKey, sender());
  expect(onlyAlert(parsed).dedupKey).toBe('a-1');
  expect(parsed).toMatchObject({ dedupKey: 'a-1' });
});

test('a source names the service when there is no component', () => {
  const payload = { summary: 's', severity: 'info', source: 'billing' };
  expect(onlyAlert(parsePagerduty({ ...trigger, payload }, sender())).service).toBe('billing');
});

test('a resolve needs no payload', () => {
  const alert = onlyAlert(
    parsePagerduty({ routing_key: 'r', event_action: 'resolve', dedup_key: 'srv01/HTTP' }, sender()),
  );
  expect(alert).toMatchObject({
    status: 'resolved',
    dedupKey: 'srv01/HTTP',
    summary: 'Resolved: srv01/HTTP',
    facts: {},
  });
});

test('an acknowledge is a command and no alert', () => {
  const event = { routing_key: 'r', event_action: 'acknowledge', dedup_key: 'srv01/HTTP', client: 'Nagios' };
  expect(parsePagerduty(event, sender())).toEqual({
    alerts: [],
    acknowledgements: [{ dedupKey: 'srv01/HTTP', by: 'Nagios' }],
    dedupKey: 'srv01/HTTP',
  });
});

test('what PagerDuty requires is required here', () => {
  expect(faultsIn(parsePagerduty({ event_action: 'resolve', routing_key: 'r' }, sender()))).toEqual([
    { pointer: '/dedup_key', detail: 'expected string; got nothing' },
  ]);
  const faults = faultsIn(parsePagerduty({ ...trigger, payload: { summary: ' ', severity: 'bad' } }, sender()));
  expect(faults.map(({ pointer }) => pointer)).toEqual(['/payload/summary', '/payload/severity', '/payload/source']);
  expect(faultsIn(parsePagerduty({ routing_key: 'r', event_action: 'snooze' }, sender()))).toMatchObject([
    { pointer: '/event_action' },
  ]);
});
