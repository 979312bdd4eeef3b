import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openStore } from '../../../src/store/openStore.js';
import { freshData } from '../../support/freshData.js';
import type { Store } from '../../../src/store/store.js';
import { cli, documentOf } from './support/cli.js';
import { startNight } from './support/night.js';

const text = '# Post-mortem\n\nCheckout was down.\n';
let folder: string;
let store: Store;

beforeAll(async () => {
  folder = await freshData('firebreak-cli-');
  store = await openStore({ dataDir: folder, databaseUrl: undefined });
  await store.archive({
    crisisId: 'shop-1',
    workflowId: 'crisis:shop',
    runId: 'run-1',
    closedAt: Date.now(),
    history: {},
    postmortem: text,
  });
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

test('the draft is printed as it is, for a file or a program', async () => {
  const { env } = await startNight({ store });

  await expect(cli(['postmortem', 'shop-1'], env)).resolves.toMatchObject({ code: 0, stdout: text.trimEnd() });
  expect(documentOf(await cli(['postmortem', 'shop-1', '--json'], env))).toEqual({ markdown: text });
});

test('--out writes it to a file', async () => {
  const { env } = await startNight({ store });
  const file = join(folder, 'shop.md');
  const { code, stdout } = await cli(['postmortem', 'shop-1', '--out', file], env);

  expect(code).toBe(0);
  expect(stdout).toContain(file);
  await expect(readFile(file, 'utf8')).resolves.toBe(text);
});

test('before the crisis is closed there is none, which is said', async () => {
  const { env } = await startNight({ store });
  const { code, stderr } = await cli(['postmortem', 'shop-2'], env);

  expect(code).toBe(1);
  expect(stderr).toContain('it is drafted when the crisis closes');
});
