import { afterAll, beforeAll, test } from '@jest/globals';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { askUnderKills } from '../support/asking.js';
import { layCallingGround } from '../support/killing.js';
import type { KillingGround } from '../support/killingGround.js';
import { seedOfRun } from '../support/random.js';

let ground: KillingGround;
beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR', () => undefined) });
  ground = await layCallingGround({ callsAtLeast: 10, everyMs: 700 });
}, 180_000);
afterAll(() => ground.stop(), 60_000);

test('crises that are asked while their workers are killed take the same decisions again', async () => {
  await askUnderKills(ground, { open: 4, kills: 4, killEveryMs: 2_500, seed: seedOfRun() });
}, 300_000);
