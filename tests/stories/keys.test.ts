import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { execa } from 'execa';
import getPort from 'get-port';
import { ulid } from 'ulid';
import { findTemporal } from '../../scripts/parts/temporal.js';
import { startTemporalServer } from '../../scripts/stack/temporalServer.js';
import { createFirebreak } from '../../src/client/createFirebreak.js';
import { createOpaqueKeys } from '../../src/client/restricting.js';
import { createConverters } from '../../src/codec/converters.js';
import { keyringFrom } from '../../src/codec/keyring.js';
import { securityIncident } from '../../src/playbooks/securityIncident.js';
import { taskQueue } from '../../src/workers/worker.js';
import { freshData } from '../support/freshData.js';
import { startPostgres } from '../support/parts.js';
import { settingsFor, soon } from '../support/settings.js';
import { until } from '../support/until.js';

const program = fileURLToPath(new URL('../../bin/firebreak.js', import.meta.url));
const signingKey = 'a key for tests, long enough to sign with';
const keyOf = (letter: string): string => Buffer.from(letter.repeat(32)).toString('base64');
const [old, fresh] = [`old=${keyOf('a')}`, `fresh=${keyOf('b')}`];

const person = (name: string) => ({ name, contacts: [{ channel: 'email', to: `${name}@example.com` }] });
const configuration = {
  people: { ana: person('ana'), carl: person('carl') },
  schedules: { first: { people: ['ana'] } },
  teams: { web: { people: ['ana'], oncall: { primary: 'first', secondary: 'first', commander: 'first' } } },
  defaultTeam: 'web',
  services: { shop: { name: 'Shop', team: 'web' } },
  security: { people: ['carl'] },
  ladder: ['engineering-manager', 'vp-engineering', 'cto', 'ceo'].map((id) => ({ id, title: id, people: ['carl'] })),
  channels: {},
  playbooks: { securityIncident: { ...securityIncident, regressionWatchMs: soon } },
};

let ground: Awaited<ReturnType<typeof layGround>>;
beforeAll(async () => {
  ground = await layGround();
}, 120_000);
afterAll(() => ground.stop());

const layGround = async () => {
  const dataDir = await freshData('firebreak-keys-');
  const config = join(dataDir, 'firebreak.yaml');
  // JSON is YAML.
  await writeFile(config, JSON.stringify(configuration));
  const { path } = await findTemporal({ env: process.env, dataDir, say: () => undefined });
  const [server, postgres] = await Promise.all([
    startTemporalServer({ path, dataDir, port: await getPort() }),
    startPostgres(),
  ]);
  const connection = await Connection.connect({ address: server.address });
  return {
    server,
    connection,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      TEMPORAL_ADDRESS: server.address,
      FIREBREAK_CONFIG: config,
      FIREBREAK_DATA: dataDir,
      FIREBREAK_DATABASE_URL: postgres.url,
      FIREBREAK_SIGNING_KEY: signingKey,
      FIREBREAK_PORT: String(await getPort()),
      FIREBREAK_SMTP_PORT: String(await getPort()),
      FIREBREAK_MAILBOX_PORT: String(await getPort()),
    },
    stop: async () => {
      await connection.close();
      await server.stop();
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};

const start = (command: 'up' | 'worker' | 'api', keys: string) =>
  execa(process.execPath, [program, command], {
    env: { ...ground.env, FIREBREAK_ENCRYPTION_KEYS: keys },
    extendEnv: false,
    reject: false,
    timeout: 120_000,
  });

/** All of Firebreak under these keys, until the work is done. */
const underKeys = async (keys: string, work: () => Promise<void>): Promise<void> => {
  const running = start('up', keys);
  let said = '';
  running.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  running.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  try {
    const isUp = () => said.includes('Firebreak is up');
    await until('it to be up, or its end', () => isUp() || running.exitCode !== null, 90_000);
    if (!isUp()) throw new Error(said);
    await work();
  } finally {
    running.kill('SIGTERM');
    await running;
  }
};

/** A caller who has the keys as well. */
const firebreakWith = (keys: string) => {
  const dataConverter = createConverters(keyringFrom(keys, signingKey)).client;
  const client = new Client({ connection: ground.connection, dataConverter });
  const settings = settingsFor({ smtp: 1, more: configuration });
  const now = () => new Date();
  return createFirebreak({
    ...{ client, taskQueue, now, newId: ulid, settings: () => settings, answerWithinMs: 30_000 },
    opaqueKey: createOpaqueKeys(signingKey),
  });
};

/** With which keys the history of the crisis is encrypted, in the order of their first use. */
const keysOfHistory = async (workflowId: string): Promise<string[]> => {
  const client = new Client({ connection: ground.connection });
  const text = historyToJSON(await client.workflow.getHandle(workflowId).fetchHistory());
  const ids = [...text.matchAll(/"encryption-key-id":\s*"([^"]+)"/g)].map(([, id = '']) =>
    Buffer.from(id, 'base64').toString(),
  );
  return [...new Set(ids)];
};

let workflowId: string;

test('a crisis begins under the one key that there is', async () => {
  await underKeys(old, async () => {
    const facts = { securityBreach: true };
    const declaration = { title: 'keys are for sale', service: 'shop', by: 'carl', facts };
    workflowId = (await firebreakWith(old).declare(declaration)).workflowId ?? '';
    await until('an answer', async () => (await firebreakWith(old).view(workflowId)).crisis.status === 'triggered');
  });

  expect(await keysOfHistory(workflowId)).toEqual(['old']);
}, 180_000);

test('nothing starts without the key that a running crisis needs, and it is named', async () => {
  const ended = await Promise.all((['worker', 'api', 'up'] as const).map((command) => start(command, fresh)));

  for (const { exitCode, stderr } of ended) {
    expect(stderr).toContain(`encryption key old is missing: ${workflowId}`);
    expect(stderr).not.toMatch(/^ {4}at /m);
    expect(exitCode).toBe(2);
  }
}, 180_000);

test('another key under its name does not pass for it', async () => {
  const { exitCode, stderr } = await start('worker', `old=${keyOf('z')}`);

  expect(stderr).toContain('encryption key old is not the key that was used under this name');
  expect(exitCode).toBe(2);
}, 120_000);

test('with a new key in front of the old one it goes on, and ends under the new one', async () => {
  const keys = `${fresh},${old}`;
  await underKeys(keys, async () => {
    const firebreak = firebreakWith(keys);
    await firebreak.command(workflowId, 'acknowledge', { by: 'carl' });
    await firebreak.command(workflowId, 'resolve', { by: 'carl', reason: 'they are changed' });
    const closed = async () => (await firebreak.running()).every((running) => running.workflowId !== workflowId);
    await until('its end', closed, 60_000);
    const { workflowService } = ground.connection;
    await until('its papers to be kept', async () => {
      const { executions } = await workflowService.listWorkflowExecutions({
        namespace: 'default',
        query: 'WorkflowId STARTS_WITH "restricted:" AND ExecutionStatus = "Running"',
      });
      return executions.length === 0;
    });
  });

  expect(await keysOfHistory(workflowId)).toEqual(['old', 'fresh']);
}, 180_000);

test('the old key is needed for as long as the archive is', async () => {
  const { exitCode, stderr } = await start('api', fresh);

  expect(stderr).toContain(`encryption key old is missing: ${workflowId}`);
  expect(exitCode).toBe(2);
}, 120_000);
