import { expect, test } from '@jest/globals';
import { killWorkersUnderEscalation } from '../support/killing.js';
import { seedOfRun } from '../support/random.js';

test('while workers are killed every page goes out in time, and one that may have gone out twice says so', async () => {
  const { faults, kills, verdict } = await killWorkersUnderEscalation({
    seed: seedOfRun(),
    open: 4,
    everyMs: 2_000,
    callsAtLeast: 3,
    kills: 3,
    killEveryMs: 4_000,
  });

  expect(faults).toEqual({});
  expect(kills).toBe(3);
  expect(verdict.trials.pages).toBeGreaterThanOrEqual(12);
}, 180_000);
