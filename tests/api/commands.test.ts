import { expect, test } from '@jest/globals';
import { crisisOf } from './support/fakeFirebreak.js';
import { start } from './support/start.js';

const url = '/api/v1/crises/cr-1/commands';
const started = async () => {
  const api = await start();
  api.crises.set('cr-1', crisisOf('cr-1'));
  return api;
};

test('a command is done and answered', async () => {
  const { post, commands } = await started();
  const answer = await post(url, { command: 'acknowledge', by: 'ana' });
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toMatchObject({ status: 'done', answer: { crisisId: 'cr-1', status: 'acknowledged' } });
  expect(commands).toMatchObject([{ input: { by: 'ana', via: 'api', id: answer.json<{ id: string }>().id } }]);
});

test('a command without a worker is taken', async () => {
  const { post, server } = await started();
  server.state = 'noWorker';
  const answer = await post(url, { command: 'note', by: 'ana', text: 'Looking.' });
  expect(answer.statusCode).toBe(202);
  expect(answer.json()).toMatchObject({ status: 'taken' });
});

test('sending a command twice under one key does it once', async () => {
  const { post, commands } = await started();
  const send = () => post(url, { command: 'note', by: 'ana', text: 'Once.' }, { 'idempotency-key': 'n-1' });
  expect((await send()).json()).toEqual((await send()).json());
  expect(commands).toHaveLength(1);
});

test('a refusal says why, and no crisis is told apart from it', async () => {
  const { post, crises } = await started();
  crises.set('cr-1', crisisOf('cr-1', { status: 'closed' }));
  const refused = await post(url, { command: 'acknowledge', by: 'ana' });
  expect(refused.statusCode).toBe(409);
  expect(refused.json()).toMatchObject({ detail: 'cannot acknowledge: the crisis is closed' });
  expect((await post('/api/v1/crises/none/commands', { command: 'acknowledge', by: 'ana' })).statusCode).toBe(404);
});

test('every fault of a command names its field', async () => {
  const { post } = await started();
  const pointers = async (body: object) =>
    (await post(url, body)).json<{ errors: { pointer: string }[] }>().errors.map(({ pointer }) => pointer);
  expect(await pointers({ command: 'explode', by: 'ana' })).toEqual(['/command']);
  expect(await pointers({ command: 'alert', by: 'ana' })).toEqual(['/command']);
  expect(await pointers({ command: 'skip' })).toEqual(['/by', '/task', '/reason']);
  expect(await pointers({ command: 'assess', by: 'ana', facts: { usersAffectedPercent: '60' } })).toEqual([
    '/facts/usersAffectedPercent',
  ]);
});

test('a sender cannot vouch for itself', async () => {
  const { post, commands } = await started();
  const answer = await post(url, { command: 'approve', by: 'cto', request: 'r', proven: true });
  expect(answer.statusCode).toBe(422);
  expect(answer.json().errors).toMatchObject([{ pointer: '/proven' }]);
  expect(commands).toEqual([]);
});

test('control characters in a command go no further', async () => {
  const { post, commands } = await started();
  await post(url, { command: 'note', by: 'ana\r\nBcc: x', text: 'One\u0000\u001b[2J\nTwo' });
  expect(commands[0]?.input).toMatchObject({ by: 'ana Bcc: x', text: 'One[2J\nTwo' });
});

test('what was done and refused is counted', async () => {
  const { post, get } = await started();
  await post(url, { command: 'acknowledge', by: 'ana' });
  await post(url, { command: 'explode', by: 'ana' });
  const { body } = await get('/metrics');
  expect(body).toContain('firebreak_commands_total{command="acknowledge",outcome="done"} 1');
  expect(body).toContain('firebreak_requests_refused_total{status="422"} 1');
});
