import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { commandNames } from '../../../src/domain/command.js';
import { simulate } from '../../../src/domain/simulate.js';
import { inputs } from './support/commands.js';
import { createTruths } from './support/truths.js';
import { drawnWorld, worldOf, type DrawnWorld } from './support/world.js';

/** Printed by a failing run, and given here to see it again. */
const seed = Number(process.env['FIREBREAK_SEED'] ?? Date.now() % 2 ** 31);
const runs = Number(process.env['FIREBREAK_RUNS'] ?? 200);

/** Nights that once went wrong. */
const heardOfTenMinutesLate: DrawnWorld = {
  changes: {},
  known: {},
  asWatch: false,
  script: [],
  fates: [
    { fate: 'badly', afterMs: 1 },
    { fate: 'well', afterMs: 0 },
  ],
  away: [0, 600_001],
  untilMs: 1_200_000,
};

test('every command is among those that random crises are sent', () => {
  expect(Object.keys(inputs)).toEqual(expect.arrayContaining(commandNames));
});

test(`whatever happens in a crisis, nothing throws, nobody is forgotten, and its clocks go on (seed ${seed})`, () => {
  fc.assert(
    fc.property(drawnWorld, (drawn) => {
      simulate({ ...worldOf(drawn), seen: createTruths() });
    }),
    {
      numRuns: runs,
      seed,
      examples: [[heardOfTenMinutesLate]],
      interruptAfterTimeLimit: 30_000,
      markInterruptAsFailure: false,
    },
  );
});
