import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { killWorker, layCallingGround } from './killing.js';
import type { KillingGround } from './killingGround.js';
import { randomFrom, seedOfRun } from './random.js';
import { replayAll } from './replaying.js';
import { silenceWorkers } from './silence.js';
import { until } from './until.js';

type Asked = { open: number; callEveryMs: number; kills: number; killEveryMs: number };

/** Crises are asked how they stand, all the time, while those who decide for them are killed; and then decide all again. */
const askUnderKills = async (ground: KillingGround, { open, kills, killEveryMs }: Asked): Promise<void> => {
  const seed = seedOfRun();
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
  const { same, others } = await replayAll(ground.client);
  expect(others).toEqual([]);
  expect(same['productionOutage']).toBeGreaterThanOrEqual(open);
  await until('all to answer again', () => Promise.all(causes.map(ground.state)), 120_000);
};

/** The test of it, on a ground of its own on which crises call people at a distance. */
export const tellOfAsking = (asked: Asked): void => {
  let ground: KillingGround;
  beforeAll(async () => {
    silenceWorkers();
    ground = await layCallingGround({ callsAtLeast: 20, everyMs: asked.callEveryMs });
  }, 180_000);
  afterAll(() => ground.stop(), 60_000);

  test('crises that are asked while their workers are killed take the same decisions again', async () => {
    await askUnderKills(ground, asked);
  }, 600_000);
};
