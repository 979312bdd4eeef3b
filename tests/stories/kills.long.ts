import { beforeAll, expect, test } from '@jest/globals';
import { killApi, killServer, killUnderEscalation, killWorker } from '../support/killing.js';
import { scaled, seedOfRun } from '../support/random.js';
import { silenceWorkers } from '../support/silence.js';

beforeAll(silenceWorkers);

const seed = seedOfRun();
/** Two processor cores are not enough for one every three seconds, since each costs some three seconds of loading the next worker. */
const workersEveryMs = Number(process.env['FIREBREAK_KILL_EVERY_MS'] ?? 3_000);

test('through 200 kills of two workers in ten minutes no page is lost, early, late, or begun after an answer', async () => {
  const { faults, kills, verdict } = await killUnderEscalation({
    ...{ run: 'worker kills', seed, kill: killWorker },
    ...{ open: 50, everyMs: 8_000, callsAtLeast: 3, lateMs: 10_000 },
    ...{ kills: scaled(200), killEveryMs: workersEveryMs },
  });
  expect(faults).toEqual({});
  expect(kills).toBe(scaled(200));
  expect(verdict.trials.pages).toBeGreaterThanOrEqual(scaled(3_000));
  expect(verdict.latenessMs.p95).toBeLessThanOrEqual(3_000);
});

test.each([
  { run: 'api kills', kill: killApi, killEveryMs: 4_000 },
  { run: 'server kills', kill: killServer, killEveryMs: 6_000 },
])('through fifty $run everything that was answered is there, once', async (run) => {
  const { faults, kills } = await killUnderEscalation({
    ...{ ...run, seed, kills: scaled(50) },
    ...{ open: 10, everyMs: 5_000, callsAtLeast: 3, lateMs: 15_000 },
  });
  expect(faults).toEqual({});
  expect(kills).toBe(scaled(50));
});
