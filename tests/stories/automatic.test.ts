import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fastify from 'fastify';
import { keepProbes } from '../../src/client/probing.js';
import { taskQueue } from '../../src/workers/worker.js';
import { never, settingsFor, soon } from '../support/settings.js';
import { startStand, type Stand } from '../support/stand.js';
import { beginStory } from '../support/story.js';
import { until } from '../support/until.js';

let stand: Stand;
beforeAll(async () => {
  stand = await startStand(settingsFor);
}, 120_000);
afterAll(() => stand.stop(), 30_000);

/** A real service whose health the test decides. */
const startService = async () => {
  const app = fastify({ forceCloseConnections: true });
  const health = { status: 200, checks: 0 };
  app.get('/healthz', (_request, reply) => {
    health.checks++;
    return reply.code(health.status).send();
  });
  return { url: `${await app.listen({ host: '127.0.0.1', port: 0 })}/healthz`, health, close: () => app.close() };
};

const node = (script: string) => [process.execPath, '-e', script];

test('the probe of a service that fails opens a crisis, looks faster while it lasts, and notes the recovery', async () => {
  const service = await startService();
  const healthCheck = { kind: 'http', url: service.url, everyMs: 200, crisisEveryMs: 50, timeoutMs: 1_000 };
  const story = beginStory(stand, { service: { healthCheck }, regressionWatchMs: soon });
  const probe = stand.client.workflow.getHandle('probe:shop');
  await keepProbes(stand.client, stand.settings(), taskQueue);
  await until('a look at the service', () => service.health.checks > 0);

  service.health.status = 503;
  await story.pageTo('ana');
  expect(await story.crisis()).toMatchObject({
    classification: { severity: 'P0', rule: 'complete-outage' },
    alerts: { 'probe:shop': { status: 'firing', detection: 'health check' } },
  });
  const scheduled = async () =>
    ((await probe.fetchHistory()).events ?? []).flatMap((event) => {
      const data = event.activityTaskScheduledEventAttributes?.input?.payloads?.[0]?.data;
      const name = event.activityTaskScheduledEventAttributes?.activityType?.name;
      return name === 'watchHealth' ? [JSON.parse(Buffer.from(data ?? []).toString()) as { pace: string }] : [];
    });
  await until('the faster pace', async () => (await scheduled()).at(-1)?.pace === 'crisis');

  service.health.status = 200;
  await until('the recovery', async () => (await story.eventsOf('alertsCleared')).length > 0);
  await story.command('acknowledge', { by: 'ana' });
  await story.command('resolve', { by: 'ana', reason: 'it answers again' });
  await until('the usual pace', async () => (await scheduled()).at(-1)?.pace === 'normal');
  await probe.cancel();
  await service.close();
});

test('the rollback of a runbook is really run, with what it touched left on disk', async () => {
  const file = join(stand.dataDir, 'version');
  const story = beginStory(stand, {
    actions: {
      back: {
        kind: 'command',
        title: 'Roll back',
        argv: node(`require('fs').writeFileSync(${JSON.stringify(file)}, '1.4.2')`),
        preAuthorisedForMs: '5m',
        idempotent: true,
      },
      healthy: {
        kind: 'command',
        title: 'Healthy?',
        argv: node(`process.exit(require('fs').readFileSync(${JSON.stringify(file)}, 'utf8') === '1.4.2' ? 0 : 1)`),
        risk: 'safe',
      },
    },
    slots: { rollback: 'back', verify: 'healthy' },
  });
  await story.alert();

  const { actions } = await story.when('the impact has ended', ({ status }) => status === 'mitigated');
  expect(await readFile(file, 'utf8')).toBe('1.4.2');
  expect(actions.find(({ action }) => action === 'back')?.authority).toContain('pre-authorised');
});

test('resolving ends an action that still runs, and its process is gone', async () => {
  const pidFile = join(stand.dataDir, 'pid');
  const endless = `require('fs').writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); setInterval(() => {}, 1000)`;
  const story = beginStory(stand, {
    actions: {
      back: { kind: 'command', title: 'Roll back', argv: node(endless), preAuthorisedForMs: '5m', timeoutMs: never },
    },
    slots: { rollback: 'back' },
  });
  await story.alert();
  const pid = await until('the process', async () => existsSync(pidFile) && Number(await readFile(pidFile, 'utf8')));
  await story.command('acknowledge', { by: 'ana' });
  await story.command('resolve', { by: 'ana', reason: 'it was the cache' });

  await until('the process to be gone', () => !runs(pid));
  const { actions, procedures } = await story.when('the action to be noted', (now) =>
    now.actions.every(({ status }) => status !== 'running'),
  );
  expect(actions.find(({ action }) => action === 'back')?.summary).toContain('called off');
  expect(procedures['mitigate']?.status).toBe('cancelled');
});

const runs = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
