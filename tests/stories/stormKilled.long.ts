import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { layCallingGround, killWorker } from '../support/killing.js';
import type { KillingGround } from '../support/killingGround.js';
import { randomFrom, scaled, seedOfRun } from '../support/random.js';
import { replayAll } from '../support/replaying.js';
import { silenceWorkers } from '../support/silence.js';
import { until } from '../support/until.js';

const senders = 48;
const killEveryMs = 6_000;

let ground: KillingGround;
beforeAll(async () => {
  silenceWorkers();
  ground = await layCallingGround({ callsAtLeast: 1_000, everyMs: 60_000 });
}, 120_000);
afterAll(() => ground.stop(), 60_000);

/** Alerts of one cause, one after the other from each sender, until it is over. */
const storm = async (cause: string, isOver: () => boolean, dedupKey?: () => string): Promise<void> => {
  const send = async (): Promise<void> => {
    while (!isOver()) await ground.sender.alert(cause, undefined, dedupKey?.());
  };
  await Promise.all(Array.from({ length: senders }, send));
};

const takenOf = (cause: string): number =>
  ground.sender.asked.filter((asked) => asked.cause === cause && asked.takenAt !== undefined).length;

let nth = 0;
test.each([
  ['of one alert', 'storm', undefined],
  ['in which no two alerts are alike', 'blizzard', () => `disk-${++nth}`],
])(
  'through a storm %s, whose workers are killed, every alert that was taken is counted once',
  async (_, cause, key) => {
    const random = randomFrom(seedOfRun());
    let isOver = false;
    const storming = storm(cause, () => isOver, key);
    await until('the crisis', () => ground.state(cause), 60_000);
    for (let kill = 0; kill < scaled(20); kill++) {
      await sleep(killEveryMs * (0.5 + random()));
      await killWorker(ground, random);
    }
    isOver = true;
    await storming;

    let counted = 0;
    await until(
      'every alert to be counted',
      async () => {
        counted = (await ground.state(cause)).alertCount;
        return counted >= takenOf(cause);
      },
      120_000,
    ).catch((error: unknown) => console.error(error));

    expect(counted).toBe(takenOf(cause));
    expect(takenOf(cause)).toBeGreaterThan(1_000);
  },
  600_000,
);

test('and every run that has placed them takes the same decisions again', async () => {
  const { same, others } = await replayAll(ground.client);

  expect(others).toEqual([]);
  expect(same['intakeShard']).toBeGreaterThan(0);
}, 300_000);
