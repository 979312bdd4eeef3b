/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export const randomFrom = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** `FIREBREAK_SEED=<number>` repeats a run. */
export const seedOfRun = (): number => Number(process.env['FIREBREAK_SEED'] ?? Date.now() % 1_000_000);

/** `FIREBREAK_LONG_SCALE=0.1` makes a long run a tenth as large. */
const scale = Number(process.env['FIREBREAK_LONG_SCALE'] ?? 1);
export const scaled = (count: number): number => Math.max(1, Math.round(count * scale));
