import { expect, test } from '@jest/globals';
import { beAway } from '../support/absence.js';
import { scaled, seedOfRun } from '../support/random.js';

test('after an absence in which 500 timers fell due the furthest tier of each is called once, late and said so, in 15 s', async () => {
  const crises = scaled(500);
  // Opening them all takes its time, and none may fall due before the workers go.
  const { faults, lastAfterMs, called, toCommander, silentlyLate } = await beAway({
    crises,
    everyMs: 20_000 + crises * 300,
    seed: seedOfRun(),
  });

  expect(faults).toEqual({});
  expect({ called, toCommander, silentlyLate }).toEqual({ called: crises, toCommander: crises, silentlyLate: 0 });
  expect(lastAfterMs).toBeLessThanOrEqual(15_000);
});
