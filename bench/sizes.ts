/** How much is done of each: all that the goals speak of, or enough for a look in under three minutes. */
export const full = {
  firstPages: 100,
  pauseMs: 300,
  spread: { crises: 500, overMs: 60_000, afterMs: 65_000 },
  instant: { crises: 300, everyMs: 200, dueAfterMs: 80_000 },
  storm: { runs: 3, forMs: 8_000 },
  distinct: { alerts: 2_000, connections: 16 },
  decisionsForMs: 1_000,
  simulated: 10_000,
  outages: 3,
  replayed: 60,
  idle: 1_000,
  encrypted: 30,
  restore: { rows: 3_000_000, runs: 3 },
};

export type Sizes = typeof full;

export const short: Sizes = {
  firstPages: 25,
  pauseMs: 150,
  spread: { crises: 60, overMs: 7_500, afterMs: 31_000 },
  instant: { crises: 60, everyMs: 150, dueAfterMs: 36_000 },
  storm: { runs: 1, forMs: 3_000 },
  distinct: { alerts: 200, connections: 16 },
  decisionsForMs: 400,
  simulated: 2_000,
  outages: 1,
  replayed: 20,
  idle: 100,
  encrypted: 10,
  restore: { rows: 1_000_000, runs: 2 },
};
