import { expect, test } from '@jest/globals';
import { crisisOf } from './support/fakeFirebreak.js';
import { start } from './support/start.js';

const started = async (title = 'Checkout answers 500') => {
  const api = await start();
  api.crises.set('cr-1', crisisOf('cr-1', { title }));
  const press = () => api.post('/a/ana', '', { 'content-type': 'application/x-www-form-urlencoded' });
  return { ...api, press };
};

test('the page says what is wrong, how bad it is, since when and who is asked, and has one button', async () => {
  const { get } = await started();
  const page = await get('/a/ana');
  expect(page.statusCode).toBe(200);
  for (const said of [
    'P0 critical',
    'Checkout answers 500',
    'A complete outage',
    'shop',
    '3m ago',
    'Ana Ruiz',
    'triggered',
    '10:29:00 CET',
  ])
    expect(page.body).toContain(said);
  expect(page.body).toContain('<form method="post">');
  expect(page.body).not.toContain('<script');
  expect(page.headers['content-security-policy']).toMatch(
    /^default-src 'none'; style-src 'sha256-.*form-action 'self'/,
  );
});

test('looking changes nothing, however often and by whatever scanner', async () => {
  const { send, get, commands } = await started();
  await get('/a/ana');
  expect((await send({ method: 'HEAD', path: '/a/ana' })).statusCode).toBe(200);
  expect(commands).toEqual([]);
});

test('pressing the button acknowledges as the person of the link', async () => {
  const { press, commands } = await started();
  const pressed = await press();
  expect(pressed.statusCode).toBe(200);
  expect(pressed.body).toContain('You have acknowledged.');
  expect(pressed.body).not.toContain('<button');
  expect(commands).toMatchObject([
    {
      crisisId: 'cr-1',
      command: 'acknowledge',
      input: { by: 'ana', via: 'link' },
      actor: { kind: 'person', id: 'ana', key: 'link' },
    },
  ]);
});

test('pressing twice acknowledges once', async () => {
  const { press, commands } = await started();
  await press();
  expect((await press()).body).toContain('Already acknowledged by you at');
  expect(commands).toHaveLength(1);
});

test('whoever comes second reads who was first', async () => {
  const { get, press, firebreak, commands } = await started();
  await firebreak.command('cr-1', 'acknowledge', { by: 'ben', id: 'b' });
  for (const page of [await get('/a/ana'), await press()]) {
    expect(page.body).toContain('Already acknowledged by Ben Oh at');
    expect(page.body).not.toContain('<button');
  }
  expect(commands).toHaveLength(1);
});

test('a link whose page asks anew acknowledges anew', async () => {
  const { press, crises, commands } = await started();
  await press();
  const crisis = crisisOf('cr-1');
  const response = { ...crisis.engagements['response']!, round: 2, openedAt: crisis.declaredAt + 900_000 };
  crises.set('cr-1', { ...crisis, engagements: { response } });
  expect((await press()).body).toContain('You have acknowledged.');
  expect(commands).toHaveLength(2);
});

test('a worker that is away does not stop an acknowledgement', async () => {
  const { get, press, server, commands } = await started();
  server.state = 'noWorker';
  expect((await get('/a/ana')).body).toContain('<button');
  const pressed = await press();
  expect(pressed.statusCode).toBe(202);
  expect(pressed.body).toContain('Taken.');
  expect(commands).toHaveLength(1);
});

test('when nothing could be recorded the page says so', async () => {
  const { press, server } = await started();
  server.state = 'down';
  const pressed = await press();
  expect(pressed.statusCode).toBe(503);
  expect(pressed.body).toContain('Not recorded');
});

test('an old or broken link does nothing and tells nothing of the crisis', async () => {
  const { post, get, commands } = await started();
  for (const [token, status] of [
    ['old', 410],
    ['forged', 403],
  ] as const)
    for (const page of [await get(`/a/${token}`), await post(`/a/${token}`)]) {
      expect(page.statusCode).toBe(status);
      expect(page.body).not.toContain('Checkout');
    }
  expect(commands).toEqual([]);
});

test('a closed crisis asks nobody', async () => {
  const { get, crises } = await started();
  crises.set('cr-1', crisisOf('cr-1', { status: 'closed' }));
  const page = await get('/a/ana');
  expect(page.body).toContain('The crisis is closed.');
  expect(page.body).not.toContain('<button');
});

test('an alert cannot write HTML into the page', async () => {
  const { get } = await started(`</title><script>alert(1)</script><img src=x onerror="x('y')">{{ 7 | times: 6 }}`);
  const { body } = await get('/a/ana');
  expect(body).not.toContain('<script');
  expect(body).not.toContain('<img');
  expect(body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(body).toContain('{{ 7 | times: 6 }}');
});

test('a long token is read, and none ever stands in a problem', async () => {
  const { get, send } = await started();
  expect((await get(`/a/${'x'.repeat(1500)}`)).statusCode).toBe(403);
  const unread = await send({ method: 'PUT', path: '/a/secret-token' });
  expect(unread.body).not.toContain('secret-token');
});

test('to whoever was dismissed from a restricted crisis her link shows none, and does nothing', async () => {
  const { crises, get, press, commands } = await started('Mallory reads our customers');
  const restricted = (dismissed: string[]) =>
    crisisOf('cr-1', {
      title: 'Mallory reads our customers',
      restricted: { codeName: 'calm-ibis', named: [], dismissed },
    });
  crises.set('cr-1', restricted(['ben']));
  expect((await get('/a/ana')).body).toContain('Mallory');

  crises.set('cr-1', restricted(['ana']));
  const page = await get('/a/ana');

  expect([page.statusCode, (await press()).statusCode]).toEqual([404, 404]);
  expect(page.body).not.toContain('Mallory');
  expect(commands).toEqual([]);
});
