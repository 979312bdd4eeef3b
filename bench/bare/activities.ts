import { clock } from '../ground/clock.js';

/** Says when it ran. */
export const touch = (): Promise<number> => Promise.resolve(clock());
