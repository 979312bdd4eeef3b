import { expect, test } from '@jest/globals';
import { seedOfRun } from '../support/random.js';
import { formats, fuzz } from './support/fuzzing.js';

const seed = seedOfRun();

test.each(formats)(`malformed bodies of the format %s are taken or refused in words (seed ${seed})`, async (format) => {
  const { wrong, statuses } = await fuzz(format, 200, seed);
  expect(wrong).toEqual([]);
  expect(Object.keys(statuses).length).toBeGreaterThan(1);
});
