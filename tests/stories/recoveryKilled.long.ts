import { expect, test } from '@jest/globals';
import { recovery } from '../support/orderBook.js';
import { randomFrom, seedOfRun } from '../support/random.js';
import { faultsOf, recoverUnderKills, type Death } from '../support/recoveryKills.js';

const seed = seedOfRun();
const random = randomFrom(seed);

/** Longer than any single step here takes. */
const longestStepMs = 400;

const moments: Death['moment'][] = ['before', 'during', 'during', 'after'];

const round = (moment: Death['moment']): Death[] =>
  recovery.map((operation) => ({
    operation,
    moment,
    afterMs: moment === 'during' ? 1 + Math.floor(random() * longestStepMs) : 0,
  }));

test.each(moments.map((moment, index) => [index + 1, moment] as const))(
  `round %i: killed %s each step of the recovery, it ends with validated data and open writes (seed ${seed})`,
  async (_, moment) => {
    const recovered = await recoverUnderKills({ deaths: round(moment) });
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
