import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { MockActivityEnvironment } from '@temporalio/testing';
import type { HealthChange, WatchHealthInput } from '../../src/activities/activities.js';
import { createRunActionActivity } from '../../src/activities/runAction.js';
import { createWatchHealthActivity } from '../../src/activities/watchHealth.js';
import { HealthCheck } from '../../src/domain/settings.js';
import { createKinds } from '../../src/runbooks/kinds.js';
import { effectOf } from '../activities/support/effects.js';
import { until } from '../support/until.js';
import { shopSettings } from './support/settings.js';
import { openShop, orderAt, pidAt, shopProgram, startProgram, versionAt } from './support/programs.js';

let shop: Awaited<ReturnType<typeof openShop>>;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(async () => {
  await shop.end();
});

const runAction = createRunActionActivity({ kinds: createKinds(), now: Date.now });
const watchHealth = createWatchHealthActivity({ now: Date.now });

const run = (actionId: string, key = 'crisis-1/rollback') => {
  const action = shopSettings({ SHOP_URL: shop.url, SHOP_STATE: shop.state }).actions[actionId];
  if (!action) throw new Error(`no action ${actionId}`);
  return new MockActivityEnvironment().run(runAction, effectOf(action, { actionId, key }));
};
const watch = (healthy: boolean): Promise<HealthChange> => {
  const check = HealthCheck.parse({ kind: 'http', url: `${shop.url}/healthz`, crisisEveryMs: 50 });
  const input: WatchHealthInput = { service: 'shop', check, pace: 'crisis', healthy };
  return new MockActivityEnvironment().run(watchHealth, input);
};

test('a bad release fails, is seen to fail, is rolled back by the action, and is seen to be well again', async () => {
  expect((await orderAt(shop.url)).status).toBe(200);
  const falling = watch(true);
  expect(await shopProgram('deploy', ['1.5.0', '--state', shop.state])).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('1.5.0 answers'),
  });

  expect(await falling).toMatchObject({ healthy: false, reason: expect.stringMatching(/^HTTP 500 instead of 200/) });
  expect((await orderAt(shop.url)).status).toBe(500);
  expect(await run('shop-healthy')).toMatchObject({ status: 'failed' });
  expect(shop.log()).toContain("Cannot read properties of undefined (reading 'reduced')");

  const rising = watch(false);
  expect(await run('shop-rollback')).toMatchObject({
    status: 'succeeded',
    output: expect.stringContaining('rolling back from 1.5.0 to 1.4.1'),
  });
  expect(await rising).toMatchObject({ healthy: true });
  expect(await run('shop-healthy')).toMatchObject({ status: 'succeeded' });
  expect(await (await orderAt(shop.url)).json()).toEqual({ netCents: 2500, taxCents: 475, totalCents: 2975 });
});

test('the same rollback run twice goes back once, and another one says that there is nothing to go back to', async () => {
  expect(await run('shop-rollback')).toMatchObject({
    status: 'succeeded',
    output: expect.stringContaining('already gone back to 1.4.1'),
  });
  expect(await run('shop-rollback', 'crisis-2/rollback')).toMatchObject({
    status: 'failed',
    summary: expect.stringContaining('nothing was deployed before 1.4.1'),
  });
  expect(await versionAt(shop.url)).toBe('1.4.1');
});

test('a release that does not exist is refused, and the shop goes on', async () => {
  expect(await shopProgram('deploy', ['9.9.9', '--state', shop.state])).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: 'there is no release 9.9.9',
  });
  expect(await shopProgram('deploy', ['../../evil', '--state', shop.state])).toMatchObject({ exitCode: 1 });
  expect((await orderAt(shop.url)).status).toBe(200);
});

test('no order is lost while releases change hands', async () => {
  const switching = shopProgram('deploy', ['1.5.0', '--state', shop.state]).then(() =>
    run('shop-rollback', 'crisis-3/rollback'),
  );
  const progress = { done: false };
  void switching.finally(() => (progress.done = true));
  const answers = new Set<number>();
  // The broken release cannot sell, yet it still answers for itself.
  while (!progress.done) answers.add((await fetch(`${shop.url}/version`)).status);

  expect(await switching).toMatchObject({ status: 'succeeded' });
  expect([...answers]).toEqual([200]);
});

test('monitoring is strengthened and put back', async () => {
  expect(await run('shop-log-debug')).toMatchObject({ status: 'succeeded' });
  await orderAt(shop.url, 'FR');
  await until('the order in the log', () => /POST \/checkout 200 \d+ ms/.test(shop.log()));

  expect(await run('shop-log-normal')).toMatchObject({ status: 'succeeded', output: 'the shop logs faults only\n' });
});

test('a release that dies is started again', async () => {
  process.kill(await pidAt(shop.url), 'SIGKILL');

  await until('its end in the log', () => shop.log().includes('1.4.1 ended by itself and is started again'));
  await until('the release', async () => (await versionAt(shop.url)) === '1.4.1');
});

test('the monitor sends what Alertmanager sends: firing, again while it lasts, and resolved', async () => {
  type Webhook = {
    version: string;
    status: string;
    alerts: { status: string; startsAt: string; endsAt: string; fingerprint: string; labels: unknown }[];
  };
  const got: Webhook[] = [];
  let refusals = 1;
  const receiver = createServer((request, response) => {
    void json(request).then((body) => {
      refusals -= 1;
      if (refusals < 0) got.push(body as Webhook);
      response.writeHead(refusals < 0 ? 202 : 503).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const to = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  const monitor = startProgram('monitor', ['--shop', shop.url, '--to', to, '--every', '50', '--repeat', '300']);
  await shopProgram('deploy', ['1.5.0', '--state', shop.state]);
  await until('two messages', () => got.length >= 2);
  await run('shop-rollback', 'crisis-4/rollback');
  await until('that it is resolved', () => got.at(-1)?.status === 'resolved');
  await monitor.end();
  receiver.close();

  const [first, second] = got;
  const last = got.at(-1);
  expect(first).toMatchObject({
    version: '4',
    status: 'firing',
    alerts: [{ endsAt: '0001-01-01T00:00:00Z', labels: { alertname: 'CheckoutFailing', service: 'shop' } }],
  });
  expect(second?.alerts[0]).toMatchObject({
    startsAt: first?.alerts[0]?.startsAt,
    fingerprint: first?.alerts[0]?.fingerprint,
  });
  expect(last?.alerts[0]?.fingerprint).toBe(first?.alerts[0]?.fingerprint);
  expect(Date.parse(last?.alerts[0]?.endsAt ?? '')).toBeGreaterThan(Date.parse(first?.alerts[0]?.startsAt ?? ''));
});

test('a shop that is ended leaves nothing running', async () => {
  const other = await openShop();
  const pid = await pidAt(other.url);
  expect(await other.end()).toMatchObject({ exitCode: 0 });

  await expect(fetch(other.url)).rejects.toThrow();
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});
