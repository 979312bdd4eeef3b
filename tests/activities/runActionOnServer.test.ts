import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { execa } from 'execa';
import { findTemporal } from '../../scripts/parts/temporal.js';
import type { RunEffect } from '../../src/domain/effect.js';
import { command, effectOf, processes } from './support/effects.js';
import type { runOnce } from './support/runOnce.js';

const taskQueue = randomUUID();
let server: TestWorkflowEnvironment;
let worker: Worker;
let working: Promise<void>;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const { path } = await findTemporal({ env: process.env, dataDir: '.firebreak', say: () => undefined });
  server = await TestWorkflowEnvironment.createLocal({ server: { executable: { type: 'existing-path', path } } });
  worker = await Worker.create({
    connection: server.nativeConnection,
    taskQueue,
    workflowsPath: fileURLToPath(new URL('support/runOnce.ts', import.meta.url)),
  });
  working = worker.run();
}, 120_000);
afterAll(async () => {
  worker.shutdown();
  await working;
  await server.teardown();
});

/** A worker as a process of its own, which does nothing but run actions. */
const startWorker = () =>
  execa('node', ['--import', 'tsx', 'tests/activities/support/actionWorker.ts', server.address, taskQueue], {
    reject: false,
  });
const begin = (effect: RunEffect) =>
  server.client.workflow.start<typeof runOnce>('runOnce', { workflowId: randomUUID(), taskQueue, args: [effect] });

test('a crisis that calls an action off has its program ended, and hears that the outcome is uncertain', async () => {
  const actions = startWorker();
  const { argv, started, running } = processes();
  const handle = await begin(effectOf(command({ argv })));
  await started();
  await handle.cancel();

  expect(await handle.result()).toMatchObject({ status: 'uncertain', summary: 'called off while it ran' });
  expect(running()).toBe(false);
  actions.kill('SIGTERM');
  await actions;
});

test('a worker that is asked to stop ends the programs of its actions', async () => {
  const actions = startWorker();
  const { argv, started, running } = processes();
  const handle = await begin(effectOf(command({ argv })));
  await started();
  actions.kill('SIGTERM');

  expect(await handle.result()).toMatchObject({ status: 'uncertain', summary: 'the worker stopped while it ran' });
  expect(await actions).toMatchObject({ exitCode: 0 });
  expect(running()).toBe(false);
});

test('the outcome of an action is uncertain when its worker was killed, and another worker says so', async () => {
  const killed = startWorker();
  const { argv, started } = processes();
  const handle = await begin(effectOf(command({ argv })));
  const orphan = await started();
  killed.kill('SIGKILL');
  await killed;
  const next = startWorker();

  expect(await handle.result()).toMatchObject({
    status: 'uncertain',
    summary: expect.stringContaining('the worker stopped while it ran'),
  });
  process.kill(orphan, 'SIGKILL');
  next.kill('SIGTERM');
  await next;
});
