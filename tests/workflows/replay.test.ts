import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { bundleOnce } from '../support/bundle.js';
import { silenceWorkers } from '../support/silence.js';

const folder = join(import.meta.dirname, '..', 'histories');
const recorded = readdirSync(folder).filter((name) => name.endsWith('.json'));
const historyOf = (name: string, change = (text: string) => text) =>
  historyFromJSON(JSON.parse(change(readFileSync(join(folder, name), 'utf8'))));

let workflowBundle: WorkflowBundleOption;
beforeAll(async () => {
  silenceWorkers();
  workflowBundle = await bundleOnce();
}, 120_000);

test.each(recorded)('today’s code takes the decisions of %s', async (name) => {
  await Worker.runReplayHistory({ workflowBundle }, historyOf(name), name);
});

test('every workflow type has a recorded history', () => {
  const index = readFileSync(join(folder, '..', '..', 'src', 'workflows', 'index.ts'), 'utf8');
  const types = [...index.matchAll(/export \{ (\w+) \}/g)].map(([, type]) => type);

  expect(types).toContain('productionOutage');
  expect(recorded.map((name) => name.replace(/[-.].*/, ''))).toEqual(expect.arrayContaining(types));
});

test('a decision that differs from the recorded one is caught', async () => {
  // As if today's code paged by another activity than the one on record.
  const planted = historyOf('productionOutage-whole.json', (text) =>
    text.replaceAll('"name":"page"', '"name":"call"').replaceAll('"name": "page"', '"name": "call"'),
  );

  await expect(Worker.runReplayHistory({ workflowBundle }, planted)).rejects.toThrow(/[Nn]ondeterminism/);
});
