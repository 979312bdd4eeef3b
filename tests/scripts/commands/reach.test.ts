import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import getPort from 'get-port';
import { cli, documentOf } from './support/cli.js';
import { startNight } from './support/night.js';

test.each([
  'list',
  'show shop',
  'do shop',
  'ack shop',
  'resolve shop',
  'timeline shop',
  'postmortem shop',
  'declare x',
])('%s says where it looked for the API, how to start it and how to point elsewhere', async (line) => {
  const port = await getPort();
  const { code, stderr } = await cli(line.split(' '), { FIREBREAK_PORT: String(port) });

  expect(code).toBe(1);
  expect(stderr).toContain(`The API at http://127.0.0.1:${port} cannot be reached: nothing listens there.`);
  expect(stderr).toContain('npx firebreak up');
  expect(stderr).toMatch(/--url <address>, FIREBREAK_URL/);
  expect(stderr).not.toMatch(/^ {4}at /m);
});

test('the failure is one JSON document as well', async () => {
  const port = await getPort();
  const ran = await cli(['list', '--json', '--url', `http://127.0.0.1:${port}`]);

  expect(ran.code).toBe(1);
  expect(documentOf(ran)).toMatchObject({
    error: { reason: 'unreachable', address: `http://127.0.0.1:${port}`, message: expect.any(String) },
  });
});

test('--url goes before FIREBREAK_URL, and that before host and port', async () => {
  const { address } = await startNight();
  const [nowhere] = [`http://127.0.0.1:${await getPort()}`];

  await expect(cli(['list', '--url', address], { FIREBREAK_URL: nowhere })).resolves.toMatchObject({ code: 0 });
  await expect(cli(['list'], { FIREBREAK_URL: `${address}/`, FIREBREAK_PORT: '1' })).resolves.toMatchObject({
    code: 0,
  });
  await expect(
    cli(['list'], { FIREBREAK_HOST: '0.0.0.0', FIREBREAK_PORT: new URL(address).port }),
  ).resolves.toMatchObject({ code: 0 });
});

test.each([
  [{ FIREBREAK_URL: 'firebreak.example.com' }, /FIREBREAK_URL: expected .* got "firebreak.example.com"/],
  [{ FIREBREAK_PORT: 'http' }, /FIREBREAK_PORT: expected a port, 0 to 65535; got "http"/],
])('an address of %j cannot be used, which is said with its name', async (env, said) => {
  const { code, stderr } = await cli(['list'], env);

  expect(code).toBe(2);
  expect(stderr).toMatch(said);
});

test('another program at the address is not taken for Firebreak', async () => {
  const server = createServer((_, answer) => answer.end('<h1>It works!</h1>'));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const { code, stderr } = await cli(['list', '--url', `http://127.0.0.1:${port}`]);
  server.close();

  expect(code).toBe(1);
  expect(stderr).toContain('is not Firebreak');
});

test('a part that the API cannot reach is said in its words', async () => {
  const { env, server } = await startNight();
  server.state = 'down';
  const { code, stderr } = await cli(['ack', 'shop'], env);

  expect(code).toBe(1);
  expect(stderr).toContain('the crisis server at 127.0.0.1:7233 cannot be reached');
});
