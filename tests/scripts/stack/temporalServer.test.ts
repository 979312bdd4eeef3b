import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { execa } from 'execa';
import getPort from 'get-port';
import { z } from 'zod';
import { startTemporalServer, type TemporalServer } from '../../../scripts/stack/temporalServer.js';
import { isAlive, markOf } from '../../../scripts/stack/process.js';
import { temporalPath } from '../../support/parts.js';
import { until } from '../../support/until.js';

let path: string;
let dataDir: string;
let running: TemporalServer[];

beforeAll(async () => {
  path = await temporalPath();
}, 300_000);
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'firebreak-stack-'));
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((server) => server.stop()));
  await rm(dataDir, { recursive: true, force: true });
});

async function start(options: { path?: string; port?: number; uiPort?: number; say?: (line: string) => void } = {}) {
  const server = await startTemporalServer({ path, dataDir, port: await getPort(), ...options });
  running.push(server);
  return server;
}

async function use<T>({ address }: TemporalServer, work: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address });
  try {
    return await work(new Client({ connection }));
  } finally {
    await connection.close();
  }
}

test('a workflow is still there after the server was stopped and started on its file', async () => {
  const first = await start();
  await use(first, (client) =>
    client.workflow.start('productionOutage', { workflowId: 'crisis:shop', taskQueue: 'nobody-polls', args: [] }),
  );
  await first.stop();
  await expect(first.exited).resolves.toMatchObject({ asked: true });

  const second = await start();

  const { status } = await use(second, (client) => client.workflow.getHandle('crisis:shop').describe());
  expect(status.name).toBe('RUNNING');
});

test('a server with a web interface shows it', async () => {
  const server = await start({ uiPort: await getPort() });

  const page = await until('the UI answers', () => fetch(server.uiUrl ?? ''));

  expect(await page.text()).toContain('<!doctype html>');
});

test('a free port that another program took meanwhile is given up for the next free one', async () => {
  const squatter = createServer().listen(0, '127.0.0.1');
  await until('the squatter listens', () => squatter.listening);
  const unlucky = await servedFirstOn((squatter.address() as AddressInfo).port);

  const server = await start({ path: unlucky, port: 0 });

  await expect(use(server, (client) => client.workflow.count())).resolves.toMatchObject({ count: 0 });
  expect(await readFile(join(dataDir, 'temporal.log'), 'utf8')).toContain('address already in use');
  squatter.close();
});

/** A Temporal server that listens on `port` the first time that it is started, and then as it is told. */
async function servedFirstOn(port: number): Promise<string> {
  const script = join(dataDir, 'temporal');
  const met = join(dataDir, 'met');
  await writeFile(
    script,
    `#!/bin/sh\n[ -e ${met} ] && exec ${path} "$@"\n: > ${met}\nexec ${path} server start-dev --headless --ip 127.0.0.1 --port ${port}\n`,
    { mode: 0o755 },
  );
  return script;
}

test('a port that is taken is named, with what to change', async () => {
  const squatter = createServer().listen(0, '127.0.0.1');
  await until('the squatter listens', () => squatter.listening);
  const { port } = squatter.address() as AddressInfo;

  await expect(start({ port })).rejects.toThrow(
    `Port ${port} on 127.0.0.1 is taken, the Temporal server needs it: ` +
      'stop what listens there, or set FIREBREAK_TEMPORAL_PORT to another port.',
  );
  await expect(start({ uiPort: port })).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken, the Temporal UI needs it`);
  squatter.close();
});

test('a program that ends at once is reported with its exit code', async () => {
  const failing = startTemporalServer({ path: '/bin/false', dataDir, port: await getPort() });

  await expect(failing).rejects.toThrow(/the Temporal server ended with code 1 \(log: .*temporal\.log\)/);
});

test('a server that dies under us says so', async () => {
  const server = await start();

  process.kill(server.pid, 'SIGKILL');

  await expect(server.exited).resolves.toMatchObject({
    asked: false,
    message: expect.stringContaining('was ended by SIGKILL'),
  });
});

test('a second start on the same data is refused while the first runs', async () => {
  const { pid } = await start();

  await expect(start()).rejects.toThrow(`A Temporal development server (process ${pid}`);
});

// A process of its own that starts a server, tells which, and waits to be killed.
const owner = `
  import { startTemporalServer } from '${new URL('../../../scripts/stack/temporalServer.ts', import.meta.url).href}';
  const [, path, dataDir, port] = process.argv;
  const { pid } = await startTemporalServer({ path, dataDir, port: Number(port) });
  console.log(JSON.stringify({ pid }));
  setInterval(() => {}, 1000);
`;

test('when our process is killed outright its server stops too, and a start in that moment waits for it', async () => {
  const port = await getPort();
  const dying = execa(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', owner, path, dataDir, String(port)],
    { reject: false },
  );
  let said = '';
  dying.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const { pid } = z
    .object({ pid: z.number() })
    .parse(JSON.parse(await until('the server is up', () => said.endsWith('\n') && said)));
  const mark = await markOf(pid);
  if (!mark) throw new Error('the server is not there');

  dying.kill('SIGKILL');
  await dying;
  const heard: string[] = [];
  const next = await start({ port, say: (line) => void heard.push(line) });

  expect(heard).toEqual([`stopping the Temporal server that an earlier run left behind (process ${pid})`]);
  await expect(isAlive(mark)).resolves.toBe(false);
  expect(next.pid).not.toBe(pid);
});
