import { cp, mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { execa } from 'execa';

const compiledAt = new Date('2026-11-03T03:00:00Z');
const minutesLater = new Date('2026-11-03T03:05:00Z');
const before = new Date('2026-11-03T02:00:00Z');

let installation: string;

const write = async (file: string, text: string, at: Date): Promise<void> => {
  await writeFile(join(installation, file), text);
  await utimes(join(installation, file), at, at);
};
const said = async (): Promise<string> => (await execa('node', [join(installation, 'bin/firebreak.js')])).stdout;

beforeEach(async () => {
  installation = await mkdtemp(join(tmpdir(), 'firebreak-installation-'));
  for (const folder of ['src/domain', 'scripts', 'dist']) await mkdir(join(installation, folder), { recursive: true });
  await cp('bin', join(installation, 'bin'), { recursive: true });
  await symlink(resolve('node_modules'), join(installation, 'node_modules'));
  await write('package.json', '{"type": "module"}', before);
  await write('scripts/firebreak.ts', 'const said: string = "from its sources"; console.log(said);', before);
  await write('src/domain/crisis.ts', '', before);
  await write('dist/firebreak.js', 'console.log("as it was compiled");', compiledAt);
});
afterEach(() => rm(installation, { recursive: true, force: true }));

test('runs as it was compiled when it was installed', async () => {
  await expect(said()).resolves.toBe('as it was compiled');
});

test('runs from its sources as soon as one of them is younger', async () => {
  await utimes(join(installation, 'src/domain/crisis.ts'), minutesLater, minutesLater);

  await expect(said()).resolves.toBe('from its sources');
});

test('runs from its sources where nothing was compiled', async () => {
  await rm(join(installation, 'dist'), { recursive: true });

  await expect(said()).resolves.toBe('from its sources');
});
