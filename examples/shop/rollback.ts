import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { waitUntilAnswers } from './answering.js';
import { readDeployments, rolledBack, writeDeployments } from './deployments.js';
import { fail } from './fail.js';

const { values } = parseArgs({
  options: {
    state: { type: 'string' },
    slow: { type: 'string', default: '0' },
    limit: { type: 'string', default: '15000' },
  },
});
const { state } = values;
if (state === undefined) fail('usage: rollback.ts --state DIR [--slow MS] [--limit MS]', 2);

/** The same run asked for twice goes back once; without a key each one is a run of its own. */
const key = process.env['FIREBREAK_RUN_KEY'] ?? `by hand ${Date.now()}`;

const draining = async (limitMs: number): Promise<void> => {
  const until = performance.now() + limitMs;
  while (performance.now() < until) {
    console.log(`waiting for orders under way, ${Math.ceil((until - performance.now()) / 1000)} s left`);
    await sleep(Math.min(1_000, Math.max(0, until - performance.now())));
  }
};

try {
  const before = readDeployments(state);
  const after = rolledBack(before, key);
  if (after === undefined)
    fail(`nothing was deployed before ${before.versions.at(-1) ?? 'anything'}, so there is nothing to go back to`);
  const to = after.rollbacks[key] ?? '';
  if (Object.hasOwn(before.rollbacks, key)) console.log(`this run has already gone back to ${to}`);
  else {
    console.log(`rolling back from ${before.versions.at(-1)} to ${to}`);
    await draining(Number(values.slow));
    writeDeployments(state, after);
    console.log(`${to} is the current release`);
  }
  await waitUntilAnswers(state, to, Number(values.limit));
  console.log(`${to} answers`);
} catch (error) {
  fail(error);
}
