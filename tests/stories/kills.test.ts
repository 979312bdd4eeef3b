import { expect, test } from '@jest/globals';
import { killWorkersUnderEscalation } from '../support/killing.js';

test('while workers are killed every page goes out, and one that may have gone out twice says so', async () => {
  const verdict = await killWorkersUnderEscalation({
    seed: 1,
    workers: 2,
    crises: 6,
    crisisEveryMs: 1_000,
    kills: 4,
    killEveryMs: 1_500,
  });

  expect(verdict).toMatchObject({ kills: 4, lost: [], open: [], unlabelled: [], tooShort: [], unexpected: 0 });
  expect(verdict.pages).toBeGreaterThanOrEqual(6 * 2);
}, 180_000);
