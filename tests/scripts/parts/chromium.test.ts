import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { execa } from 'execa';
import { chromium } from 'playwright-core';
import { findChromium } from '../../../scripts/parts/chromium.js';

const searchIn = (path: string) => ({ env: { PATH: path }, dataDir: tmpdir(), say: () => undefined });
const none = () => Promise.reject(new Error('not installed'));

async function folderWith(name: string, script: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'firebreak-parts-'));
  await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, name), 0o755);
  return folder;
}

test('a browser on the PATH is taken under any of its names', async () => {
  const folder = await folderWith('google-chrome', 'echo "Google Chrome 140.0.1"');

  await expect(findChromium(searchIn(folder), none)).resolves.toEqual({
    path: join(folder, 'google-chrome'),
    env: {},
    source: 'PATH',
  });
});

test('a stub that only advises to install a snap is passed over for npm’s browser', async () => {
  const folder = await folderWith('chromium-browser', 'echo "requires the chromium snap" >&2; exit 1');
  const said: string[] = [];

  const found = await findChromium({ ...searchIn(folder), say: (line) => void said.push(line) }, () =>
    Promise.resolve({ path: '/tmp/chromium', env: {} }),
  );

  expect(found).toEqual({ path: '/tmp/chromium', env: {}, source: 'npm @sparticuz/chromium' });
  expect(said).toEqual([`${join(folder, 'chromium-browser')} does not run: requires the chromium snap`]);
});

test('when none can be had, the error says what to install', async () => {
  await expect(findChromium(searchIn(''), none)).rejects.toThrow(
    /A Chromium cannot be had[^]*apt-get install chromium/,
  );
});

test('npm’s browser brings the libraries and fonts that a bare machine lacks', async () => {
  const parts = await mkdtemp(join(tmpdir(), 'firebreak-parts-'));
  const search = { ...searchIn(''), env: { PATH: '', FIREBREAK_PARTS: parts } };
  const [one, two] = await Promise.all([findChromium(search), findChromium(search)]);

  expect(one).toEqual(two);
  expect((await execa(one.path, ['--version'], { env: one.env })).stdout).toMatch(/Chrom/);
  const { stdout } = await execa('ldd', [one.path], { env: one.env });
  expect(stdout).toContain(`libnss3.so => ${parts}`);
  expect(stdout).not.toContain('not found');

  // Without a font a line of text has no height, and every look at a layout is a look at nothing.
  const browser = await chromium.launch({
    executablePath: one.path,
    env: { ...process.env, ...one.env },
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
  const page = await browser.newPage();
  await page.setContent('<p>Acknowledge');
  expect((await page.locator('p').boundingBox())?.height).toBeGreaterThan(9);
  await browser.close();
});
