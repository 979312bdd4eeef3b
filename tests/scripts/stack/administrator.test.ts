import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { keyFor } from '../../../scripts/client/key.js';
import { administratorKeyFile, administratorKeyIn } from '../../../scripts/stack/administrator.js';

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'firebreak-administrator-'));
});
afterAll(() => rm(dataDir, { recursive: true }));

test('the first start makes the key and shows it, later ones keep it', async () => {
  const first = await administratorKeyIn(dataDir, 1_000);
  const second = await administratorKeyIn(dataDir, 2_000);

  expect(await readFile(administratorKeyFile(dataDir), 'utf8')).toBe(`${first.text ?? ''}\n`);
  expect(second).not.toHaveProperty('text');
  expect([second.key.id, second.key.secretHash]).toEqual([first.key.id, first.key.secretHash]);
  expect(first.key).toMatchObject({ loopbackOnly: true, holder: { kind: 'machine' } });
});

test('its file is for its owner alone', async () => {
  expect((await stat(administratorKeyFile(dataDir))).mode & 0o777).toBe(0o600);
});

test('the command line finds it for an API of this machine, and shows it to no other', async () => {
  const env = { FIREBREAK_DATA: dataDir };
  const text = (await readFile(administratorKeyFile(dataDir), 'utf8')).trim();

  for (const here of ['http://127.0.0.1:7400', 'http://localhost:7400', 'http://[::1]:7400'])
    expect(keyFor(here, env)).toEqual({ text, found: true });
  for (const there of ['https://firebreak.example.com', 'http://127.0.0.1.example.com', 'http://10.0.0.7:7400'])
    expect(keyFor(there, env)).toBeUndefined();
  expect(keyFor('https://firebreak.example.com', { ...env, FIREBREAK_KEY: 'mine' })).toEqual({
    text: 'mine',
    found: false,
  });
});

test('a file that holds no key stops the start, and says what to do', async () => {
  const other = await mkdtemp(join(tmpdir(), 'firebreak-administrator-'));
  await writeFile(administratorKeyFile(other), 'nonsense');

  await expect(administratorKeyIn(other, 0)).rejects.toThrow('holds no key; remove it');
  await rm(other, { recursive: true });
});
