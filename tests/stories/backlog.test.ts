import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import type { Alert } from '../../src/domain/alert.js';
import type { Tally } from '../../src/domain/event.js';
import { Unreachable } from '../../src/client/firebreak.js';
import { alertOf } from '../support/plan.js';
import { replayAll } from '../support/replaying.js';
import { settingsFor } from '../support/settings.js';
import { startStand, type Stand } from '../support/stand.js';
import { until } from '../support/until.js';

type History = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>;

let stand: Stand;
beforeAll(async () => {
  stand = await startStand(settingsFor);
}, 240_000);
afterAll(() => stand.stop());

const given = (more: Record<string, unknown>) => stand.configure(settingsFor({ smtp: stand.smtpPort, more }));

/** An alert of its own each time, with as much to say as an alert may have. */
const long = (nth: number, fields: Partial<Alert>): Alert =>
  alertOf({
    id: `alert-${nth}`,
    receivedAt: Date.now(),
    dedupKey: `disk-${nth}`,
    details: 'x'.repeat(8_000),
    ...fields,
  });

const short = (fields: Partial<Alert>): Alert => alertOf({ receivedAt: Date.now(), ...fields });

/** How many alerts a history's signals brought. */
const alertsIn = ({ events }: History): number =>
  (events ?? [])
    .flatMap(({ workflowExecutionSignaledEventAttributes: signal }) => signal?.input?.payloads ?? [])
    .map((payload) => defaultPayloadConverter.fromPayload<{ tallies: readonly Tally[] }>(payload))
    .flatMap(({ tallies }) => tallies)
    .reduce((sum, { count }) => sum + count, 0);

/** Sends such alerts in portions, each as much as one message carries, until `enough` megabytes of them have been sent; how many were taken, and refused. */
const flood = async (fields: Partial<Alert>, enough: number) => {
  const portion = 20;
  let [taken, refused] = [0, 0];
  for (let nth = 0; nth * 8_000 < enough * 1_000_000; nth += portion) {
    const alerts = Array.from({ length: portion }, (_, i) => long(nth + i, fields));
    try {
      taken += (await stand.firebreak.accept(alerts)).length;
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      refused += portion;
    }
  }
  return { taken, refused };
};

test('while no worker is there more is taken than waits easily, no more than Temporal can hold, and all of that is counted', async () => {
  await stand.firebreak.accept([long(-1, { service: 'shop' })]);
  await until('the crisis', async () => (await stand.firebreak.view('shop')).crisis.alertCount === 1);
  await stand.stopWorkers();

  const { taken, refused } = await flood({ service: 'shop' }, 24);
  expect(taken).toBeGreaterThan(500);
  expect(refused).toBeGreaterThan(0);

  await stand.startWorker();
  await until(
    'every alert counted',
    async () => (await stand.firebreak.view('shop')).crisis.alertCount === taken + 1,
    60_000,
  );
}, 180_000);

test('what a silence hides waits for the database, beyond what one workflow holds', async () => {
  const disk = { match: { service: 'disk' }, until: '2999-01-01T00:00:00Z', by: 'ana', reason: 'known' };
  given({ silences: { disk } });
  stand.storeIs('away');
  const { taken, refused } = await flood({ service: 'disk' }, 24);
  expect([taken, refused]).toEqual([3_000, 0]);

  stand.storeIs('there');
  await until('every one on record', async () => (await stand.store.silenced())[0]?.alerts === taken, 60_000);
}, 180_000);

test('a crisis that has gone into another hands on what comes for it, over more than one run', async () => {
  for (const service of ['inner', 'outer']) await stand.firebreak.accept([long(-1, { service })]);
  await stand.firebreak.command('inner', 'merge', { by: 'ben', into: 'outer' });
  const handle = stand.client.workflow.getHandle('crisis:inner');
  const first = await until('the forwarding', async () => {
    const { type, runId } = await handle.describe();
    return type === 'forwarding' && runId;
  });
  const countOf = async () => (await stand.firebreak.view('outer')).crisis.causes?.['inner']?.count ?? 0;
  const before = await countOf();

  const { taken, refused } = await flood({ service: 'inner' }, 6);
  expect(refused).toBe(0);
  await until('every one of them in the other', async () => (await countOf()) === before + taken);
  expect((await handle.describe()).runId).not.toBe(first);
}, 60_000);

test('a crisis that can take no more keeps nobody else waiting, and what waits for it is not lost', async () => {
  given({ umbrella: { moreThan: 1_000 } });
  // As if its worker had gone for good.
  const stuck = await stand.client.workflow.start('productionOutage', {
    workflowId: 'crisis:stuck',
    taskQueue: 'nobody',
    args: [],
  });
  const { taken } = await flood({ service: 'stuck' }, 12);
  const causes = Array.from({ length: 96 }, (_, nth) => `beside-${nth}`);
  for (let nth = 0; nth < causes.length; nth += 8) {
    await stand.firebreak.accept(causes.slice(nth, nth + 8).map((service) => short({ service, dedupKey: service })));
    // So that each shard has had its turn.
    await sleep(700);
  }
  const isOpen = async (cause: string) => (await stand.firebreak.view(cause)).crisis.alertCount === 1;
  for (const cause of causes) await until(`the crisis of ${cause}`, () => isOpen(cause));

  const delivered = alertsIn(await stuck.fetchHistory());
  expect(delivered).toBeLessThan(taken);
  await stuck.terminate();
  await until(
    'the others in the next crisis',
    async () => (await stand.firebreak.view('stuck')).crisis.alertCount === taken - delivered,
    90_000,
  );
}, 180_000);

test('and whatever has kept them takes the same decisions again', async () => {
  const keepers = 'WorkflowType IN ("intake", "intakeShard", "forwarding")';
  const { same, others } = await replayAll(stand.client, keepers);

  expect(others).toEqual([]);
  expect(same['intakeShard']).toBeGreaterThan(0);
  expect(same['forwarding']).toBeGreaterThan(0);
}, 120_000);
