import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { killApi, killOn, killServer, killWorker, layCallingGround } from '../support/killing.js';
import type { KillingGround } from '../support/killingGround.js';
import { seedOfRun } from '../support/random.js';
import { silenceWorkers } from '../support/silence.js';

beforeAll(silenceWorkers);

/** How late something may be is for the long runs: here the machine may have much else to do. */
const short = { seed: seedOfRun(), open: 3, everyMs: 2_000, callsAtLeast: 2, lateMs: 60_000 };

let ground: KillingGround;
beforeAll(async () => {
  ground = await layCallingGround(short);
}, 180_000);
afterAll(() => ground.stop(), 60_000);

test.each([
  { run: 'short worker kills', kills: 3, killEveryMs: 3_000, kill: killWorker },
  { run: 'short api kills', kills: 2, killEveryMs: 2_000, kill: killApi },
  { run: 'short server kills', kills: 2, killEveryMs: 4_000, kill: killServer },
])(
  '$run: every answer holds, everybody is called, and what may have gone out twice says so',
  async (run) => {
    const { faults, kills } = await killOn(ground, { ...short, ...run });
    expect(faults).toEqual({});
    expect(kills).toBe(run.kills);
  },
  240_000,
);
