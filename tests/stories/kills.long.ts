import { expect, test } from '@jest/globals';
import { killWorkersUnderEscalation } from '../support/killing.js';

/** `SEED=<number>` repeats a run. */
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);

test('through ten minutes of kills no page is lost, and none comes twice without saying so', async () => {
  const verdict = await killWorkersUnderEscalation({
    seed,
    workers: 3,
    crises: 180,
    crisisEveryMs: 3_000,
    kills: 70,
    killEveryMs: 8_000,
  });
  const { pages, doubled, kills } = verdict;
  console.log(
    `seed ${seed}: ${kills} kills, ${pages} pages, ${doubled.length} came twice and said so; ` +
      `lost 0, so with 95 % confidence at most ${((3 / pages) * 100).toFixed(2)} % (3/${pages})`,
  );

  expect(verdict).toMatchObject({ lost: [], open: [], unlabelled: [], tooShort: [], unexpected: 0 });
  expect(kills).toBeGreaterThanOrEqual(60);
});
