import { expect, test } from '@jest/globals';
import { start } from './support/start.js';

const trigger = {
  routing_key: 'r',
  event_action: 'trigger',
  dedup_key: 'srv01/HTTP',
  payload: { summary: 'HTTP does not answer', severity: 'critical', source: 'srv01', component: 'shop' },
};
const event = (event_action: string) => ({ routing_key: 'r', event_action, dedup_key: 'srv01/HTTP', client: 'Nagios' });

test('a PagerDuty sender is answered as PagerDuty answers', async () => {
  const { post } = await start();
  const answer = await post('/v2/enqueue', trigger);
  expect(answer.statusCode).toBe(202);
  expect(answer.json()).toEqual({ status: 'success', message: 'Event processed', dedup_key: 'srv01/HTTP' });
});

test('a trigger without a key is told the key it got', async () => {
  const { post, accepted } = await start();
  const { dedup_key } = (await post('/v2/enqueue', { ...trigger, dedup_key: undefined })).json<{ dedup_key: string }>();
  expect(accepted[0]?.dedupKey).toBe(dedup_key);
  expect(dedup_key).not.toBe('');
});

test('what is wrong with an event is said in PagerDuty’s form', async () => {
  const { post } = await start();
  const wrong = await post('/v2/enqueue', { ...trigger, payload: {} });
  expect(wrong.statusCode).toBe(400);
  expect(wrong.json()).toMatchObject({ status: 'invalid event', message: 'Event object is invalid' });
  expect(wrong.json<{ errors: string[] }>().errors[0]).toBe('/payload/summary: expected string; got nothing');
  const broken = await post('/v2/enqueue', '{"routing_key":', { 'content-type': 'application/json' });
  expect(broken.json()).toMatchObject({ status: 'invalid event', errors: [expect.stringContaining('expected JSON')] });
});

test('an acknowledge reaches the crisis that holds its alert, as a command', async () => {
  const { post, commands } = await start();
  await post('/v2/enqueue', trigger);
  expect((await post('/v2/enqueue', event('acknowledge'))).statusCode).toBe(202);
  expect(commands).toMatchObject([
    { crisisId: 'cr-1', command: 'acknowledge', input: { by: 'Nagios', via: 'pagerduty' } },
  ]);
});

test('an acknowledge of what no crisis holds changes nothing', async () => {
  const { post, commands } = await start();
  expect((await post('/v2/enqueue', event('acknowledge'))).statusCode).toBe(202);
  expect(commands).toEqual([]);
});

test('an acknowledge is not taken while no crisis can say whether it holds the alert', async () => {
  const { post, server } = await start();
  await post('/v2/enqueue', trigger);
  server.state = 'noWorker';
  expect((await post('/v2/enqueue', event('acknowledge'))).statusCode).toBe(503);
});

test('a bare resolve reaches the crisis of its trigger', async () => {
  const { post, accepted, server } = await start();
  await post('/v2/enqueue', trigger);
  await post('/v2/enqueue', event('resolve'));
  expect(accepted[1]).toMatchObject({ status: 'resolved', service: 'shop' });

  server.state = 'noWorker';
  expect((await post('/v2/enqueue', event('resolve'))).statusCode).toBe(202);
});

test('an acknowledge reaches no restricted crisis, and does not say that there is one', async () => {
  const { post, crises, commands } = await start();
  await post('/v2/enqueue', trigger);
  const [crisis] = [...crises.values()];
  const restricted = { codeName: 'calm-ibis-4f2a91', named: ['ana'], dismissed: [] };
  if (crisis) crises.set(crisis.crisisId, { ...crisis, restricted });
  expect(crises.size).toBe(1);

  expect((await post('/v2/enqueue', event('acknowledge'))).statusCode).toBe(202);
  const answer = await post('/api/v1/alerts/pagerduty', event('acknowledge'));
  expect(answer.json<{ acknowledged: string[] }>().acknowledged).toEqual([]);
  expect(commands).toEqual([]);
});
