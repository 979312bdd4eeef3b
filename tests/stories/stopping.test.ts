import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { faultsIn, judge } from '../judge/judge.js';
import { callingPromise, callingSettings } from '../support/calling.js';
import { layKillingGround, type KillingGround } from '../support/killingGround.js';
import { until } from '../support/until.js';

const everyMs = 1_500;
const steps = 20;

let ground: KillingGround;
beforeAll(async () => {
  ground = await layKillingGround({ workers: 2, settings: callingSettings(steps, everyMs) });
}, 180_000);
afterAll(() => ground.stop(), 60_000);

test('a worker that is asked to stop ends what it has begun within ten seconds, and nothing is half done', async () => {
  const { causes, sender, sinks, fleet } = ground;
  for (const cause of ['stop-a', 'stop-b', 'stop-c']) {
    causes.add(cause);
    await sender.alert(cause);
  }
  await until('calls to come', () => sinks.receipts.length >= 6, 60_000);
  const askedAt = Date.now();
  await fleet[0]?.stop('SIGTERM');
  expect(Date.now() - askedAt).toBeLessThanOrEqual(10_000);

  const before = sinks.receipts.length;
  await until('the other one to go on', () => sinks.receipts.length >= before + 6, 60_000);
  for (const cause of causes) await sender.acknowledge(cause, 'ana');
  await ground.restAll();
  const seen = await ground.observe(callingPromise(steps, everyMs, sinks.hookUrl));
  const verdict = judge(seen, { lateMs: 60_000, inFlightMs: 1_000, clockMs: 20 });
  expect(faultsIn(verdict)).toEqual({});
  expect(verdict.repeats).toEqual({ folded: 0, labelled: 0 });
}, 180_000);
