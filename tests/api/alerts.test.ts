import { expect, test } from '@jest/globals';
import { start, sign } from './support/start.js';

const outage = { summary: 'Checkout answers 500', service: 'shop', dedupKey: 'k1', facts: { completeOutage: true } };
const group = {
  version: '4',
  alerts: [
    {
      status: 'firing',
      labels: { alertname: 'A', service: 'shop' },
      annotations: {},
      startsAt: '2026-01-05T09:31:00Z',
    },
    {
      status: 'resolved',
      labels: { alertname: 'B', service: 'shop' },
      annotations: {},
      startsAt: '2026-01-05T09:31:00Z',
    },
  ],
};

test('each alert is answered with what became of it and why', async () => {
  const { post } = await start();
  const answer = await post('/api/v1/alerts/generic', outage);
  expect(answer.statusCode).toBe(202);
  expect(answer.json()).toEqual({
    alerts: [
      {
        alertId: 'id-2',
        outcome: 'crisis',
        workflowId: 'crisis:shop',
        severity: 'P0',
        rule: 'complete-outage',
        why: 'A complete outage (completeOutage=true)',
      },
    ],
    acknowledged: [],
  });
});

test('an Alertmanager group is taken whole', async () => {
  const { post, accepted } = await start();
  expect((await post('/api/v1/alerts/alertmanager', group)).json<{ alerts: unknown[] }>().alerts).toHaveLength(2);
  expect(accepted.map(({ status }) => status)).toEqual(['firing', 'resolved']);
});

test('a configured source is read by its mapping and detects what it is said to', async () => {
  const { post, accepted } = await start();
  expect((await post('/api/v1/alerts/apm', { title: 'Slow', app: 'search' })).statusCode).toBe(202);
  expect(accepted).toMatchObject([{ summary: 'Slow', service: 'search', detection: 'performance warning' }]);
});

test('an unknown source is told which ones there are, also one that objects inherit', async () => {
  const { post } = await start();
  for (const name of ['nagios', 'constructor', '__proto__']) {
    const answer = await post(`/api/v1/alerts/${name}`, outage);
    expect(answer.statusCode).toBe(404);
    expect(answer.json().detail).toContain('alertmanager, pagerduty, generic, apm, signed');
  }
});

test('a signed source takes what is signed, once per webhook-id, and refuses the rest', async () => {
  const { post, accepted } = await start();
  const body = JSON.stringify(outage);
  const signed = {
    'content-type': 'application/json',
    'webhook-id': 'msg_1',
    'webhook-timestamp': '1767605400',
    'webhook-signature': sign('whsec_c2VjcmV0', 'msg_1', '1767605400', body),
  };
  expect((await post('/api/v1/alerts/signed', body, signed)).statusCode).toBe(202);
  expect(accepted[0]?.id).toBe('signed:msg_1');

  const unsigned = await post('/api/v1/alerts/signed', outage);
  expect(unsigned.statusCode).toBe(401);
  expect(unsigned.json().detail).toContain('webhook-signature');
  const changed = await post('/api/v1/alerts/signed', body.replace('500', '200'), signed);
  expect(changed.statusCode).toBe(401);
  expect(changed.headers['www-authenticate']).toBe('StandardWebhooks');
});

test('an Idempotency-Key makes the ids of alerts, and keeps sources apart', async () => {
  const { post, accepted } = await start();
  const key = { 'idempotency-key': 'k-7' };
  await post('/api/v1/alerts/alertmanager', group, key);
  await post('/api/v1/alerts/generic', outage, key);
  expect(accepted.map(({ id }) => id)).toEqual(['alertmanager:k-7', 'alertmanager:k-7.2', 'generic:k-7']);
  expect((await post('/api/v1/alerts/generic', outage, { 'idempotency-key': 'a b' })).statusCode).toBe(422);
});

test('nothing is answered with 2xx while the crisis server cannot be reached', async () => {
  const { post, server } = await start();
  server.state = 'down';
  const answer = await post('/api/v1/alerts/generic', outage);
  expect(answer.statusCode).toBe(503);
  expect(answer.headers['retry-after']).toBe('5');
  expect(answer.json().detail).toContain('127.0.0.1:7233');
});

test('a report is classified like any alert', async () => {
  const { post, accepted } = await start();
  const answer = await post('/api/v1/reports', { by: 'mara', summary: 'Nobody can pay', usersAffectedPercent: 60 });
  expect(answer.statusCode).toBe(202);
  expect(answer.json()).toMatchObject({ outcome: 'crisis', severity: 'P0' });
  expect(accepted).toMatchObject([{ format: 'report', detection: 'user report', by: 'mara' }]);
});

test('without a database the kept alerts cannot be listed, and the answer says so', async () => {
  const { get } = await start();
  const answer = await get('/api/v1/alerts');
  expect(answer.statusCode).toBe(503);
  expect(answer.json().detail).toContain('database');
});
