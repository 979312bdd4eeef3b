import { expect, test } from '@jest/globals';
import { execa } from 'execa';
import { readFile } from 'node:fs/promises';
import { readSettings } from '../../src/config/settings.js';
import { defaultPolicies } from '../../src/playbooks/policies.js';
import { defaultRungs } from '../../src/playbooks/ladder.js';
import { defaultTellings } from '../../src/playbooks/tellings.js';
import { productionOutage } from '../../src/playbooks/productionOutage.js';

const defaults = { policies: defaultPolicies, playbooks: { productionOutage } };

test.each([
  ['firebreak.yaml', '127.0.0.1'],
  ['deploy/firebreak.yaml', 'mailpit'],
])('%s is sound, without a warning, and fits what is built in', async (file, host) => {
  const read = await readSettings(file, { env: {}, defaults });

  expect(read).toMatchObject({ warnings: [], settings: { channels: { email: { host, port: 1025 } } } });
  if (!('settings' in read)) return;
  const { settings } = read;
  expect(settings.ladder.map(({ id }) => id)).toEqual(defaultRungs.map(({ id }) => id));
  expect(Object.keys(settings.audiences)).toEqual(
    expect.arrayContaining(defaultTellings.map(({ audience }) => audience)),
  );
});

test('every configuration that is shipped names the schema for editors', async () => {
  for (const [file, schema] of [
    ['firebreak.yaml', './schema'],
    ['deploy/firebreak.yaml', '../schema'],
  ] as const)
    expect(await readFile(file, 'utf8')).toMatch(`# yaml-language-server: $schema=${schema}/firebreak.schema.json`);
});

test('the schema for editors is what the settings say', async () => {
  const { exitCode, stderr } = await execa('npx', ['tsx', 'scripts/checks/jsonSchema.ts', '--check'], {
    reject: false,
  });

  expect(exitCode === 0 ? '' : stderr).toBe('');
});
