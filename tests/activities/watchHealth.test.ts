import { afterEach, expect, test } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { MockActivityEnvironment } from '@temporalio/testing';
import type { HealthChange } from '../../src/activities/activities.js';
import { createWatchHealthActivity } from '../../src/activities/watchHealth.js';
import { HealthCheck } from '../../src/domain/settings.js';
import { until } from '../support/until.js';

const watchHealth = createWatchHealthActivity({ now: () => 1_700_000_000_000 });

/** A service that answers with the statuses given, one after the other, then for ever with the last one; 0 is no answer. */
const servers: Server[] = [];
const serviceOf = async (...statuses: number[]) => {
  const asked = { times: 0 };
  const server = createServer((_, response) => {
    const status = statuses[Math.min(asked.times, statuses.length - 1)] ?? 200;
    asked.times += 1;
    if (status !== 0) response.writeHead(status).end('state of the service');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/healthz`, asked, server };
};
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

const times = { everyMs: 60_000, crisisEveryMs: 20, timeoutMs: 300, changesAfter: 2 };
const watch = (
  check: { kind: 'http'; url: string } | { kind: 'tcp'; host: string; port: number },
  healthy: boolean,
  environment = new MockActivityEnvironment(),
  pace: 'crisis' | 'normal' = 'crisis',
): Promise<HealthChange> =>
  environment.run(watchHealth, { service: 'shop', check: HealthCheck.parse({ ...times, ...check }), pace, healthy });

test('returns when a service has failed twice in a row, and says how', async () => {
  const { url, asked } = await serviceOf(200, 500, 200, 500, 500);
  const change = await watch({ kind: 'http', url }, true);

  expect(change).toEqual({
    healthy: false,
    reason: expect.stringMatching(/^HTTP 500 instead of 200 in \d+ ms$/),
    at: 1_700_000_000_000,
  });
  expect(asked.times).toBe(5);
});

test('returns when a broken service has answered well twice in a row', async () => {
  const { url } = await serviceOf(500, 200, 500, 200);

  expect(await watch({ kind: 'http', url }, false)).toMatchObject({
    healthy: true,
    reason: expect.stringMatching(/^HTTP 200 in/),
  });
});

test('says that nobody listens, or that no answer came in time', async () => {
  const { url } = await serviceOf(0);

  expect(await watch({ kind: 'http', url: 'http://127.0.0.1:1/' }, true)).toMatchObject({
    reason: 'connection refused',
  });
  expect(await watch({ kind: 'tcp', host: '127.0.0.1', port: 1 }, true)).toMatchObject({
    reason: 'connection refused',
  });
  expect(await watch({ kind: 'http', url }, true)).toMatchObject({ healthy: false, reason: 'no answer within 300 ms' });
});

test('sees a port open', async () => {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;

  expect(await watch({ kind: 'tcp', host: '127.0.0.1', port }, false)).toMatchObject({
    healthy: true,
    reason: expect.stringMatching(/^connected in/),
  });
  server.close();
});

test('heartbeats with what it last found', async () => {
  const { url, asked } = await serviceOf(200);
  const environment = new MockActivityEnvironment();
  const beats: unknown[] = [];
  environment.on('heartbeat', (details) => beats.push(details));
  const watching = watch({ kind: 'http', url }, true, environment);
  await until('so many checks', () => asked.times >= 3);
  environment.cancel();

  await expect(watching).rejects.toThrow('CANCELLED');
  expect(beats.length).toBeGreaterThanOrEqual(2);
  expect(beats[0]).toMatchObject({ differing: 0, healthy: true });
});

test('checks at the normal pace until a crisis begins, and ends at once when it is called off', async () => {
  const { url, asked } = await serviceOf(200);
  const environment = new MockActivityEnvironment();
  const watching = watch({ kind: 'http', url }, true, environment, 'normal');
  await until('so many checks', () => asked.times === 1);
  const calledOffAt = performance.now();
  environment.cancel();

  await expect(watching).rejects.toThrow('CANCELLED');
  expect(performance.now() - calledOffAt).toBeLessThan(1000);
  expect(asked.times).toBe(1);
});
