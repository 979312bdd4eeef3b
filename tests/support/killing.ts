import { setTimeout as sleep } from 'node:timers/promises';
import { faultsIn, judge, type Verdict } from '../judge/judge.js';
import { keepVerdict } from '../judge/keeping.js';
import { callingPromise, callingSettings } from './calling.js';
import { layKillingGround, type KillingGround } from './killingGround.js';
import { randomFrom } from './random.js';
import { until } from './until.js';

type Killing = {
  seed: number;
  /** So many crises are open and call people at any time; one that is answered makes place for the next. */
  open: number;
  /** One after the other somebody is called at this distance. */
  everyMs: number;
  /** A crisis is answered after so many calls at least, and twice as many at most. */
  callsAtLeast: number;
  kills: number;
  killEveryMs: number;
};

const stepsOf = ({ callsAtLeast }: Killing): number => callsAtLeast * 4;

/** Kills -9 one of the workers that are at work, whichever, as soon as there is one. */
const killOne = async ({ fleet }: KillingGround, random: () => number): Promise<void> => {
  const ready = () => fleet.filter((worker) => worker.isReady());
  const workers = await until('a worker that polls', () => ready().length > 0 && ready(), 120_000);
  await workers[Math.floor(random() * workers.length)]?.kill();
};

/** Crises come, call one person after the other, are answered, and make place for others, as long as told. */
const keepOpen = async (ground: KillingGround, run: Killing, random: () => number, goesOn: () => boolean) => {
  const causes: string[] = [];
  const place = async (): Promise<void> => {
    await sleep(random() * run.everyMs);
    do {
      const cause = `cause-${run.seed}-${causes.length}`;
      causes.push(cause);
      await ground.sender.alert(cause);
      await sleep(run.everyMs * run.callsAtLeast * (1 + random()));
      await ground.sender.acknowledge(cause, 'ana');
    } while (goesOn());
  };
  await Promise.all(Array.from({ length: run.open }, place));
  return causes;
};

/** Workers are killed while crises call people; what was promised is held against what was received. */
export const killWorkersUnderEscalation = async (
  run: Killing,
): Promise<{ verdict: Verdict; kills: number; faults: ReturnType<typeof faultsIn> }> => {
  const steps = stepsOf(run);
  const ground = await layKillingGround({ workers: 2, settings: callingSettings(steps, run.everyMs) });
  const random = randomFrom(run.seed);
  let killed = 0;
  const killing = async (): Promise<void> => {
    const begin = Date.now();
    while (killed < run.kills) {
      await sleep(Math.max(0, begin + run.killEveryMs * (killed + 0.5 + random()) - Date.now()));
      await killOne(ground, random);
      killed++;
    }
  };
  try {
    const [, causes] = await Promise.all([killing(), keepOpen(ground, run, random, () => killed < run.kills)]);
    await ground.restAll(causes);
    const seen = await ground.observe(callingPromise(steps, run.everyMs, ground.sinks.hookUrl));
    const verdict = judge(seen);
    const conditions = { kills: killed, 'crises open': run.open, crises: causes.length, 'step every ms': run.everyMs };
    await keepVerdict({ run: 'worker kills', seed: run.seed, conditions }, verdict, seen);
    return { verdict, kills: killed, faults: faultsIn(verdict) };
  } finally {
    await ground.stop();
  }
};
