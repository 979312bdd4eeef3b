import { setTimeout as sleep } from 'node:timers/promises';
import { faultsIn, judge, type Verdict } from '../judge/judge.js';
import { keepVerdict } from '../judge/keeping.js';
import type { Promised } from '../judge/observations.js';
import { callingPromise, callingSettings } from './calling.js';
import { layKillingGround } from './killingGround.js';
import { until } from './until.js';

type Absence = { crises: number; everyMs: number; seed: number };

/** Alerts sent side by side, so that they come before the first of them falls due. */
const together = 8;

/**
 * Workers go away, and two steps of every crisis fall due meanwhile. Answers with how long after their return the last
 * call came, and how many calls were one too many or did not say that they were late.
 */
export const beAway = async ({ crises, everyMs, seed }: Absence) => {
  const steps = 3;
  const ground = await layKillingGround({ workers: 2, settings: callingSettings(steps, everyMs) });
  const { sender, sinks, fleet, causes } = ground;
  try {
    for (let nth = 0; nth < crises; nth++) causes.add(`away-${seed}-${nth}`);
    const queue = causes.values();
    const send = async (): Promise<void> => {
      for (const cause of queue) await sender.alert(cause);
    };
    await Promise.all(Array.from({ length: together }, send));
    const calls = (): number => sinks.receipts.length;
    await until('everybody called once', () => calls() >= crises, 300_000);
    // What is under way when a worker goes may come again and says so: that is what the kills are about.
    await ground.restAll();
    const before = calls();
    await Promise.all(fleet.map((worker) => worker.stop()));
    await sleep(everyMs * (steps - 1) + 2_000);
    const backAt = Date.now();
    for (const worker of fleet) worker.start();
    await Promise.all(fleet.map((worker) => worker.ready()));
    const readyAt = Date.now();
    await until('everybody called once more', () => calls() >= before + crises, 300_000);
    const lastAt = Math.max(...sinks.receipts.map(({ at }) => at));
    await ground.restAll();
    const promised: Promised = callingPromise(steps, everyMs, sinks.hookUrl);
    const seen = await ground.observe(promised);
    const verdict: Verdict = judge(seen, { lateMs: 600_000, inFlightMs: 1_000, clockMs: 20 });
    const after = sinks.receipts.slice(before);
    const toCommander = after.filter(({ to }) => to === promised.addresses['chris']);
    await keepVerdict(
      {
        run: 'workers away',
        seed,
        conditions: { crises, 'ms until polling': readyAt - backAt, 'ms to the last call': lastAt - readyAt },
      },
      verdict,
      seen,
    );
    return {
      faults: faultsIn(verdict),
      lastAfterMs: lastAt - readyAt,
      called: after.length,
      toCommander: toCommander.length,
      silentlyLate: after.filter(({ late }) => !late).length,
    };
  } finally {
    await ground.stop();
  }
};
