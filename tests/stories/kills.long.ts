import { expect, test } from '@jest/globals';
import { killWorkersUnderEscalation } from '../support/killing.js';
import { scaled, seedOfRun } from '../support/random.js';

test('through 200 kills of two workers in ten minutes no page is lost, early, or begun after an answer', async () => {
  const { faults, kills, verdict } = await killWorkersUnderEscalation({
    seed: seedOfRun(),
    open: 50,
    everyMs: 8_000,
    callsAtLeast: 4,
    kills: scaled(200),
    killEveryMs: 3_000,
  });

  expect(faults).toEqual({});
  expect(kills).toBe(scaled(200));
  expect(verdict.trials.pages).toBeGreaterThanOrEqual(scaled(3_000));
  expect(verdict.latenessMs.p95).toBeLessThanOrEqual(3_000);
});
