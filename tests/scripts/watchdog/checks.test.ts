import { createServer, type RequestListener } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { afterEach, expect, test } from '@jest/globals';
import { apiCheck } from '../../../scripts/watchdog/checks/api.js';
import { diskCheck } from '../../../scripts/watchdog/checks/disk.js';
import { ledgerCheck } from '../../../scripts/watchdog/checks/ledger.js';

const servers: (() => void)[] = [];
afterEach(() => servers.splice(0).forEach((close) => close()));

const serve = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  servers.push(() => server.close().closeAllConnections());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};
const answering = (status: number, body: unknown) =>
  serve((_request, response) => response.writeHead(status).end(JSON.stringify(body)));
const soon = () => AbortSignal.timeout(2_000);
const idsOf = (faults: readonly { id: string }[]) => faults.map(({ id }) => id);

test('an API that is ready is no fault; one whose Temporal or database is away says so', async () => {
  const ok = { ok: true };
  const down = { ok: false, reason: 'connection refused' };
  const look = async (status: number, body: unknown) => apiCheck(await answering(status, body)).look(soon());

  expect(await look(200, { status: 'ready', temporal: ok, store: ok })).toEqual([]);
  expect(idsOf(await look(200, { status: 'degraded', temporal: ok, store: down }))).toEqual(['api/store']);
  const [unready] = await look(503, { status: 'unready', temporal: down, store: ok });
  expect(unready).toMatchObject({ id: 'api/temporal', what: expect.stringContaining('connection refused') });
});

test.each([
  ['refuses', () => Promise.resolve('http://127.0.0.1:1')],
  ['hangs', () => serve(() => undefined)],
  ['is something else', () => answering(200, 'hello')],
])('an API that %s does not answer', async (_, address) => {
  expect(idsOf(await apiCheck(await address()).look(AbortSignal.timeout(500)))).toEqual(['api/silent']);
});

test('a ledger that cannot be read is no healthy ledger', async () => {
  const check = ledgerCheck(await answering(503, {}), () => 1_000);
  await expect(check.look(soon())).rejects.toThrow('the API answered 503');
});

test('a disk is full when less is free than should be', async () => {
  const check = (freePercent: number) => diskCheck(() => ({ folders: [tmpdir()], freePercent }));
  expect(await check(0).look(soon())).toEqual([]);
  expect(idsOf(await check(100).look(soon()))).toContain(`disks/${tmpdir()}/space`);
});

test('a disk that is not there cannot be looked at', async () => {
  const check = diskCheck(() => ({ folders: ['/no/such/folder'], freePercent: 10 }));
  await expect(check.look(soon())).rejects.toThrow('ENOENT');
});
