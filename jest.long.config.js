import short from './jest.config.js';

/**
 * The long runs: minutes of kills, storms and malformed input, each bounded and printing its seed. One that has failed leaves
 * processes to be killed and people to be called behind, and ends all the same.
 */
export default {
  ...short,
  testMatch: ['<rootDir>/tests/**/*.long.ts'],
  testTimeout: 1_800_000,
  maxWorkers: 1,
  forceExit: true,
};
