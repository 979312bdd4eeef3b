import { expect, test } from '@jest/globals';
import { againAfterMs } from '../../src/client/connecting.js';

/** As gRPC says it, by number (https://grpc.io/docs/guides/status-codes/). */
const exhausted = (details: string) => ({ code: 8, details }) as unknown as Parameters<typeof againAfterMs>[1];

test('what comes while a workflow begins a new run is sent again at once, and not after seconds', () => {
  const closing = exhausted('workflow operation can not be applied because workflow is closing');
  expect(againAfterMs(1, closing)).toBeLessThan(50);
  // All attempts together wait longer than any workflow takes for it.
  const waits = Array.from({ length: 9 }, (_, i) => againAfterMs(i + 1, closing));
  expect(waits.reduce((sum, ms) => sum + ms)).toBeGreaterThan(3_000);
});

test('a server that has too much to do is left in peace for longer', () => {
  expect(againAfterMs(1, exhausted('namespace rate limit exceeded'))).toBeGreaterThan(1_000);
});
