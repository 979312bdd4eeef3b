import { afterAll, beforeAll, test } from '@jest/globals';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { askUnderKills } from '../support/asking.js';
import { layCallingGround } from '../support/killing.js';
import type { KillingGround } from '../support/killingGround.js';
import { scaled, seedOfRun } from '../support/random.js';

let ground: KillingGround;
beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR', () => undefined) });
  ground = await layCallingGround({ callsAtLeast: 20, everyMs: 2_000 });
}, 180_000);
afterAll(() => ground.stop(), 60_000);

// Longer than the half minute for which a plan's own roster is good, so that it is looked up within tasks too.
test('crises that are asked for minutes while their workers are killed take the same decisions again', async () => {
  await askUnderKills(ground, { open: 20, kills: scaled(40), killEveryMs: 3_000, seed: seedOfRun() });
}, 600_000);
