import { setTimeout as sleep } from 'node:timers/promises';
import { faultsIn, judge, type Verdict } from '../judge/judge.js';
import { keepVerdict } from '../judge/keeping.js';
import { usualLimits } from '../judge/observations.js';
import { callingPromise, callingSettings } from './calling.js';
import { layKillingGround, type KillingGround } from './killingGround.js';
import { randomFrom } from './random.js';
import { keepHistory, replayAll } from './replaying.js';
import { until } from './until.js';

type Killing = {
  run: string;
  seed: number;
  /** So many crises are open and call people at any time; one that is answered makes place for the next. */
  open: number;
  /** One after the other somebody is called at this distance. */
  everyMs: number;
  /** A crisis is answered after so many calls at least, and twice as many at most. */
  callsAtLeast: number;
  kills: number;
  killEveryMs: number;
  /** Ends one part of it, whichever, as soon as there is one. */
  kill: (ground: KillingGround, random: () => number) => Promise<void>;
  /** Later than this is a fault; a long absence is made up for, and says so. */
  lateMs: number;
};

export type Killed = { verdict: Verdict; kills: number; faults: ReturnType<typeof faultsIn> };

/** A busy machine may take its time until somebody is called. */
const calledWithinMs = 120_000;

const stepsOf = ({ callsAtLeast }: Pick<Killing, 'callsAtLeast'>): number => callsAtLeast * 12;

export const killWorker: Killing['kill'] = async ({ fleet }, random) => {
  const ready = () => fleet.filter((worker) => worker.isReady());
  const workers = await until('a worker that polls', () => ready().length > 0 && ready(), calledWithinMs);
  await workers[Math.floor(random() * workers.length)]?.kill();
};

/** Between receipt and answer: alerts are under way while it dies. */
export const killApi: Killing['kill'] = async ({ api, sender, causes }, random) => {
  await api.ready();
  const known = [...causes];
  const underWay = Array.from({ length: 12 }, () =>
    sender.alert(known[Math.floor(random() * known.length)] ?? 'nothing', 1),
  );
  await sleep(random() * 80);
  await api.kill();
  await Promise.all(underWay);
};

export const killServer: Killing['kill'] = async (ground) => {
  await ground.killServer();
  await ground.startServer();
};

/** Crises come, call one person after the other, are answered, and make place for others, as long as told. */
const keepOpen = async (ground: KillingGround, run: Killing, random: () => number, goesOn: () => boolean) => {
  const callsFor = (cause: string): number =>
    ground.sinks.receipts.filter(({ crisisId }) => crisisId.startsWith(`${cause}-`)).length;
  const place = async (): Promise<void> => {
    await sleep(random() * run.everyMs);
    do {
      const cause = `cause-${run.seed}-${ground.causes.size}`;
      ground.causes.add(cause);
      await ground.sender.alert(cause);
      const calls = Math.ceil(run.callsAtLeast * (1 + random()));
      await until(
        `${calls} calls for ${cause}`,
        () => callsFor(cause) >= calls,
        calledWithinMs + calls * run.everyMs,
      ).catch(async (error: unknown) => {
        await keepHistory(ground.client, `crisis:${cause}`);
        throw error;
      });
      await ground.sender.acknowledge(cause, 'ana');
    } while (goesOn());
  };
  await Promise.all(Array.from({ length: run.open }, place));
};

/** Where the crises of this run, and of others that call people as it does, are open. */
export const layCallingGround = (run: Pick<Killing, 'callsAtLeast' | 'everyMs'>): Promise<KillingGround> =>
  layKillingGround({ workers: 2, settings: callingSettings(stepsOf(run), run.everyMs) });

/** Parts are killed while crises call people; what was promised on this ground is held against what was received. */
export const killOn = async (ground: KillingGround, run: Killing): Promise<Killed> => {
  const steps = stepsOf(run);
  const random = randomFrom(run.seed);
  let killed = 0;
  let over = false;
  const killing = async (): Promise<void> => {
    const begin = Date.now();
    await until('the first call', () => ground.sinks.receipts.length > 0, calledWithinMs);
    while (killed < run.kills && !over) {
      await sleep(Math.max(0, begin + run.killEveryMs * (killed + 0.5 + random()) - Date.now()));
      await run.kill(ground, random);
      killed++;
    }
  };
  try {
    await Promise.all([killing(), keepOpen(ground, run, random, () => killed < run.kills && !over)]);
    // Whoever decided for it, a crisis takes the same decisions again; one that does not is never at rest.
    const { others } = await replayAll(ground.client);
    if (others.length === 0) await ground.restAll();
    const seen = await ground.observe(callingPromise(steps, run.everyMs, ground.sinks.hookUrl));
    const verdict = judge(seen, { ...usualLimits, lateMs: run.lateMs });
    const conditions = {
      kills: killed,
      'crises open': run.open,
      crises: ground.causes.size,
      'a call every ms': run.everyMs,
      'requests cut off': ground.sender.unanswered(),
    };
    await keepVerdict({ run: run.run, seed: run.seed, conditions }, verdict, seen);
    if (others.length > 0) throw new Error(`not decided alike again: ${JSON.stringify(others)}`);
    return { verdict, kills: killed, faults: faultsIn(verdict) };
  } finally {
    over = true;
  }
};

/** The same on a ground of its own. */
export const killUnderEscalation = async (run: Killing): Promise<Killed> => {
  const ground = await layCallingGround(run);
  try {
    return await killOn(ground, run);
  } finally {
    await ground.stop();
  }
};
