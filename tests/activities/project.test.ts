import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import { rm } from 'node:fs/promises';
import { createKeepAlertsActivity } from '../../src/activities/keepAlerts.js';
import { createProjectActivity } from '../../src/activities/project.js';
import { openStore } from '../../src/store/openStore.js';
import { freshData } from '../support/freshData.js';
import type { Store } from '../../src/store/store.js';
import { alert, classification, crisis, noted, numbered, projection, start } from '../store/support/crises.js';

let dataDir: string;
let store: Store;
beforeAll(async () => {
  dataDir = await freshData('firebreak-project-');
  store = await openStore({ dataDir });
});
afterAll(async () => {
  await store.close();
  await rm(dataDir, { recursive: true, force: true });
});

const record = { id: 'a', alert: alert('a'), count: 1, lastAt: start, classification: classification('P3') };

test('writes a projection once, also when Temporal runs it again', async () => {
  const { project } = createProjectActivity({ store: () => store });
  const written = projection(crisis({ crisisId: 'projected' }), numbered(0, noted('we look')));

  await new MockActivityEnvironment().run(project, written);
  await new MockActivityEnvironment().run(project, written);

  expect(await store.timeline('projected')).toHaveLength(1);
});

test('keeps alerts that opened nothing', async () => {
  const { keepAlerts } = createKeepAlertsActivity({ store: () => store });

  await new MockActivityEnvironment().run(keepAlerts, [record]);

  expect(await store.alerts({})).toEqual([record]);
});

test('asks Temporal to try again while there is no store', async () => {
  const unreachable = { type: 'StoreUnreachable', nonRetryable: false };
  const none = { store: () => undefined };

  await expect(createProjectActivity(none).project(projection(crisis()))).rejects.toMatchObject(unreachable);
  await expect(createKeepAlertsActivity(none).keepAlerts([record])).rejects.toMatchObject(unreachable);
});
