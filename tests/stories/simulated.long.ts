import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { comparedInTime } from '../support/alike.js';
import { scaled, seedOfRun } from '../support/random.js';
import { settingsFor } from '../support/settings.js';
import { startStand, type Stand } from '../support/stand.js';

let stand: Stand;
beforeAll(async () => {
  stand = await startStand(settingsFor);
}, 120_000);
afterAll(() => stand.stop(), 30_000);

const seed = seedOfRun();
const crises = scaled(100);
const atOnce = 10;

test(`${crises} random crises take the course that they take on the simulated clock (from seed ${seed})`, async () => {
  const differ: number[] = [];
  for (let first = seed; first < seed + crises; first += atOnce) {
    const seeds = Array.from({ length: Math.min(atOnce, seed + crises - first) }, (_, i) => first + i);
    const compared = await Promise.all(seeds.map((one) => comparedInTime(stand, one)));
    differ.push(
      ...seeds.filter((_, i) => JSON.stringify(compared[i]?.live) !== JSON.stringify(compared[i]?.simulated)),
    );
  }
  expect(differ).toEqual([]);
}, 900_000);
