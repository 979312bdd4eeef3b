import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { killWorker } from './killing.js';
import type { KillingGround } from './killingGround.js';
import { randomFrom } from './random.js';
import { replayAll } from './replaying.js';
import { until } from './until.js';

type Asked = { open: number; kills: number; killEveryMs: number; seed: number };

/** Crises are asked how they stand, all the time, while those who decide for them are killed; and then decide all again. */
export const askUnderKills = async (
  ground: KillingGround,
  { open, kills, killEveryMs, seed }: Asked,
): Promise<void> => {
  const random = randomFrom(seed);
  const causes = Array.from({ length: open }, (_, i) => `asked-${seed}-${i}`);
  await Promise.all(causes.map((cause) => ground.sender.alert(cause)));
  await until('all to answer', () => Promise.all(causes.map(ground.state)), 120_000);

  let isOver = false;
  let answers = 0;
  const ask = async (cause: string): Promise<void> => {
    while (!isOver) {
      // While nobody is there to answer, the next one does.
      if (await ground.state(cause).catch(() => false)) answers++;
      await sleep(20);
    }
  };
  const asking = Promise.all(causes.map(ask));
  for (let kill = 0; kill < kills; kill++) {
    await sleep(killEveryMs * (0.5 + random()));
    await killWorker(ground, random);
  }
  isOver = true;
  await asking;

  expect(answers).toBeGreaterThan(kills);
  await until('all to answer again', () => Promise.all(causes.map(ground.state)), 120_000);
  const { same, others } = await replayAll(ground.client);
  expect(others).toEqual([]);
  expect(same['productionOutage']).toBeGreaterThanOrEqual(open);
};
