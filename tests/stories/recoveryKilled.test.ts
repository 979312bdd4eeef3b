import { expect, test } from '@jest/globals';
import { faultsOf, recoverUnderKills } from '../support/recoveryKills.js';

test('a recovery whose worker is killed while it restores, validates and switches over ends with validated data', async () => {
  const recovered = await recoverUnderKills({
    deaths: [
      { operation: 'restore', moment: 'during', afterMs: 250 },
      { operation: 'switchOver', moment: 'after', afterMs: 0 },
      { operation: 'resumeWrites', moment: 'during', afterMs: 40 },
    ],
  });
  expect(faultsOf(recovered)).toEqual([]);
  expect(recovered).toMatchObject({ deaths: 3, damagedRows: 0, canWrite: true });
  expect(recovered.crisis.procedures['recover']).toMatchObject({
    status: 'succeeded',
    recovery: { backup: 'sound.dump' },
  });
}, 240_000);
