import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { NativeConnection, Worker } from '@temporalio/worker';
import getPort from 'get-port';
import { startTemporalServer } from '../../scripts/stack/temporalServer.js';
import { TemporalAction } from '../../src/domain/action.js';
import { createKinds } from '../../src/runbooks/kinds.js';
import { temporalPath } from '../support/parts.js';
import { silenceWorkers } from '../support/silence.js';

let server: Awaited<ReturnType<typeof startTemporalServer>>;
let worker: Worker;
let running: Promise<void>;
let connection: NativeConnection;
let dataDir = '';

beforeAll(async () => {
  silenceWorkers();
  dataDir = await mkdtemp(join(tmpdir(), 'firebreak-theirs-'));
  server = await startTemporalServer({ path: await temporalPath(), dataDir, port: await getPort() });
  connection = await NativeConnection.connect({ address: server.address });
  worker = await Worker.create({
    connection,
    taskQueue: 'theirs',
    workflowsPath: join(import.meta.dirname, 'support', 'theirs.ts'),
  });
  running = worker.run();
}, 120_000);
afterAll(async () => {
  worker.shutdown();
  await running;
  await connection.close();
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
}, 30_000);

const run = (what: string, key: string, changes: object = {}, signal = new AbortController().signal) =>
  createKinds().temporal.run(
    TemporalAction.parse({
      kind: 'temporal',
      title: 'Rebuild',
      address: server.address,
      workflowType: 'rebuild',
      taskQueue: 'theirs',
      parameters: { what: {} },
      args: ['{{what}}'],
      ...changes,
    }),
    { what },
    { key, signal, progress: () => undefined },
  );

test('their workflow is started and waited for', async () => {
  expect(await run('index', 'C-1/run/1')).toMatchObject({
    status: 'succeeded',
    summary: 'the workflow firebreak:C-1/run/1 completed',
    output: '{"rebuilt":"index"}',
  });
});

test('a second attempt of the same run takes the result of the first', async () => {
  await run('index', 'C-1/run/2');
  expect(await run('nothing', 'C-1/run/2')).toMatchObject({ status: 'succeeded', output: '{"rebuilt":"index"}' });
});

test('a workflow that fails says why', async () => {
  expect(await run('nothing', 'C-1/run/3')).toMatchObject({
    status: 'failed',
    summary: 'the workflow failed: there is nothing to rebuild',
  });
});

test('called off or out of time, the workflow is asked to stop', async () => {
  const calledOff = new AbortController();
  setTimeout(() => calledOff.abort(), 300);
  expect(await run('everything', 'C-1/run/4', {}, calledOff.signal)).toMatchObject({
    status: 'uncertain',
    summary: 'called off while it ran',
  });
  expect(await run('everything', 'C-1/run/4')).toMatchObject({
    status: 'failed',
    summary: expect.stringContaining('was cancelled'),
  });
  expect((await run('everything', 'C-1/run/5', { timeoutMs: 400 })).summary).toMatch(/time limit|timed out/i);
});

test('a server that does not answer is named', async () => {
  expect(await run('index', 'C-1/run/6', { address: '127.0.0.1:1' })).toMatchObject({
    status: 'failed',
    summary: expect.stringContaining('no Temporal server answers at 127.0.0.1:1'),
  });
});
