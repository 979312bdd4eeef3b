import short from './jest.config.js';

/** The long runs: minutes of kills, storms and malformed input, each bounded and printing its seed. */
export default { ...short, testMatch: ['<rootDir>/tests/**/*.long.ts'], testTimeout: 1_800_000, maxWorkers: 1 };
