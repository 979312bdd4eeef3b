import { expect, test } from '@jest/globals';
import { scaled, seedOfRun } from '../support/random.js';
import { formats, fuzz } from './support/fuzzing.js';

const seed = seedOfRun();

test.each(formats)(
  `5,000 malformed bodies of the format %s, and the API is as it was (seed ${seed})`,
  async (format) => {
    const { wrong, statuses, grownMiB } = await fuzz(format, scaled(5_000), seed);
    process.stderr.write(
      `${format}: ${JSON.stringify(statuses)}, ${Math.round(grownMiB)} MiB more by the second half, seed ${seed}\n`,
    );
    expect(wrong).toEqual([]);
    // The crises in memory keep what was taken, with the bodies that its words are parts of.
    expect(grownMiB).toBeLessThan(50);
  },
);
