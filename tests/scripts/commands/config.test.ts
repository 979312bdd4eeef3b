import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { cli, documentOf } from './support/cli.js';

const written = async (change: (text: string) => string): Promise<string> => {
  const file = join(await mkdtemp(join(tmpdir(), 'firebreak-config-')), 'firebreak.yaml');
  await writeFile(file, change(await readFile('firebreak.yaml', 'utf8')));
  return file;
};

test('a valid configuration is summed up', async () => {
  const { code, stdout } = await cli(['config', 'check', 'firebreak.yaml']);

  expect(code).toBe(0);
  expect(stdout).toMatch(/✔ .*firebreak\.yaml is valid\./);
  expect(stdout).toMatch(/Services +shop, payments \(0 watched by health checks\)/);
});

test('every fault is named with file, line and column, and exits with 2', async () => {
  const file = await written((text) =>
    text.replace('team: storefront', 'team: storefrnt').replace('timeZone: Asia/Tokyo', 'timeZone: Asia/Tokio'),
  );
  const ran = await cli(['config', 'check', file, '--json']);

  expect(ran.code).toBe(2);
  expect(ran.stderr).toMatch(/firebreak\.yaml:\d+:\d+ people\.tomo\.timeZone expected a time zone/);
  expect(ran.stderr).toMatch(/firebreak\.yaml:\d+:\d+ services\.shop\.team there is no team "storefrnt"; did you mean/);
  const { error } = documentOf(ran) as { error: { faults: unknown[] } };
  expect(error.faults).toHaveLength(2);
});

test('FIREBREAK_CONFIG is checked when no file is named', async () => {
  const { code, stderr } = await cli(['config', 'check'], { FIREBREAK_CONFIG: '/nowhere/firebreak.yaml' });

  expect(code).toBe(2);
  expect(stderr).toContain('/nowhere/firebreak.yaml:1:1 there is no such file');
});
