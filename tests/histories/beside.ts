import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { taskQueue } from '../../src/workers/worker.js';
import { alertOf } from '../support/plan.js';
import type { Stand } from '../support/stand.js';
import { beginStory } from '../support/story.js';
import { until } from '../support/until.js';
import { keep } from './keep.js';

const execFileAsync = promisify(execFile);

/** A crisis goes into another, hands on what still comes for its cause, and is split out again. */
export const merged = async (stand: Stand): Promise<void> => {
  beginStory(stand, { more: { services: {} } });
  const alert = (service: string) =>
    stand.firebreak.accept([alertOf({ service, dedupKey: service, receivedAt: Date.now() })]);
  const crisis = async () => (await stand.firebreak.view('outer')).crisis;
  const handle = stand.client.workflow.getHandle('crisis:inner');
  await alert('outer');
  await alert('inner');
  await stand.firebreak.command('inner', 'merge', { by: 'ben', into: 'outer' });
  await until('the forwarding', async () => (await handle.describe()).type === 'forwarding');
  const { runId } = await handle.describe();
  await alert('inner');
  await until('its alert', async () => ((await crisis()).causes?.['inner']?.count ?? 0) > 0);
  await stand.firebreak.command('outer', 'split', { by: 'ben', cause: 'inner' });
  const run = stand.client.workflow.getHandle('crisis:inner', runId);
  await until('its end', async () => (await run.describe()).status.name === 'COMPLETED');
  await keep(stand, 'forwarding', 'crisis:inner', runId);
};

/** Several crises call one person at once: what is more than allowed is gathered. */
export const throttled = async (stand: Stand): Promise<void> => {
  const services = ['one', 'two', 'three', 'four'];
  beginStory(stand, { more: { services: {}, paging: { throttle: { pages: 2, gatherMs: 500 } } } });
  await stand.firebreak.accept(
    services.map((service) =>
      alertOf({ service, dedupKey: service, facts: { partialDegradation: true }, receivedAt: Date.now() }),
    ),
  );
  for (const service of services)
    await until(`the page of ${service}`, async () =>
      Object.values((await stand.firebreak.view(service)).crisis.deliveries).some(
        ({ kind, status }) => kind === 'page' && status !== 'intended',
      ),
    );
  await keep(stand, 'pageThrottle', 'throttle:ana');
};

/** A part of a timeline that is kept by itself. */
export const projected = async (stand: Stand): Promise<void> => {
  const story = beginStory(stand);
  await story.alert();
  const { crisis, workflowId, runId } = await stand.firebreak.view(story.key);
  const part = { workflowId, runId, crisis, events: await stand.firebreak.timeline(story.key) };
  const handle = await stand.client.workflow.start('projection', {
    taskQueue,
    workflowId: `projection:${crisis.crisisId}:1`,
    args: [part],
  });
  await handle.result();
  await keep(stand, 'projection', handle.workflowId);
};

/** A drill, by a process of its own: it needs all of Firebreak, and Temporal's runtime is one to a process. */
export const drilled = async (): Promise<void> => {
  const { stdout } = await execFileAsync(process.execPath, [
    '--import',
    'tsx',
    join(import.meta.dirname, 'drilled.ts'),
  ]);
  process.stdout.write(stdout);
};
