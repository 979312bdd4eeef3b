import { expect, test } from '@jest/globals';
import { recovery } from '../support/orderBook.js';
import { randomFrom, seedOfRun } from '../support/random.js';
import { faultsOf, recoverUnderKills, type Death } from '../support/recoveryKills.js';

const seed = seedOfRun();
const random = randomFrom(seed);

/** Longer than any single step here takes; from archived WAL the restoration takes longest, by far. */
const longestStepMs = 400;
const longestRollingMs = 6_000;

const moments: Death['moment'][] = ['before', 'during', 'during', 'after'];

const round = (moment: Death['moment'], longestRestoreMs = longestStepMs): Death[] =>
  recovery.map((operation) => {
    const longestMs = operation === 'restore' ? longestRestoreMs : longestStepMs;
    return { operation, moment, afterMs: moment === 'during' ? 1 + Math.floor(random() * longestMs) : 0 };
  });

test.each(moments.map((moment, index) => [index + 1, moment] as const))(
  `round %i: killed %s each step of the recovery, it ends with validated data and open writes (seed ${seed})`,
  async (_, moment) => {
    const recovered = await recoverUnderKills({ deaths: round(moment) });
    expect(faultsOf(recovered)).toEqual([]);
    expect(recovered.crisis.procedures['recover']?.status).toBe('succeeded');
    expect(recovered.deaths).toBe(recovery.length);
  },
);

/** How a death in the midst of rolling forward finds it: copying, at the first look, further on, copying out. */
const restoresFrom = (afterMs: number): Death => ({ operation: 'restore', moment: 'during', afterMs });

test('killed at every step while it rolls a base backup forward, it ends with the newest sound moment', async () => {
  const recovered = await recoverUnderKills({
    archives: true,
    deaths: [...[200, 1_500, 3_000, 5_000].map(restoresFrom), ...round('after').slice(3)],
  });
  expect(faultsOf(recovered)).toEqual([]);
  expect(recovered.crisis.procedures['recover']).toMatchObject({
    status: 'succeeded',
    recovery: { backup: expect.stringContaining('archived WAL on base to') },
  });
});

test.each([1, 2, 3])(
  `with archived WAL, round %i: killed during each step, it ends with validated data and open writes (seed ${seed})`,
  async () => {
    const recovered = await recoverUnderKills({ archives: true, deaths: round('during', longestRollingMs) });
    expect(faultsOf(recovered)).toEqual([]);
    expect(recovered.crisis.procedures['recover']?.status).toBe('succeeded');
    expect(recovered.deaths).toBe(recovery.length);
  },
);

test('killed while no backup is sound, it ends with closed writes, and people are told', async () => {
  const recovered = await recoverUnderKills({
    hopeless: true,
    deaths: [
      { operation: 'stopWrites', moment: 'during', afterMs: 30 },
      { operation: 'restore', moment: 'during', afterMs: 200 },
      { operation: 'validate', moment: 'during', afterMs: 30 },
      { operation: 'validate', moment: 'after', afterMs: 0 },
    ],
  });
  expect(faultsOf(recovered)).toEqual([]);
  expect(recovered).toMatchObject({ canWrite: false });
  expect(recovered.crisis.procedures['recover']?.status).toBe('asking');
});
