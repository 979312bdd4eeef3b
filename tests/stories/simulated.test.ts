import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { comparedInTime } from '../support/alike.js';
import { seedOfRun } from '../support/random.js';
import { settingsFor } from '../support/settings.js';
import { startStand, type Stand } from '../support/stand.js';

let stand: Stand;
beforeAll(async () => {
  stand = await startStand(settingsFor);
}, 120_000);
afterAll(() => stand.stop(), 30_000);

const seed = seedOfRun();

test(`a crisis on the real server takes the course that it takes on the simulated clock (seed ${seed})`, async () => {
  const seeds = Array.from({ length: 3 }, (_, i) => seed + i);
  for (const { live, simulated } of await Promise.all(seeds.map((one) => comparedInTime(stand, one))))
    expect(live).toEqual(simulated);
}, 120_000);
