import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { findChromium } from '../../../scripts/parts/chromium.js';

const none = () => Promise.reject(new Error('not installed'));

async function folderWith(name: string, script: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'firebreak-parts-'));
  await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, name), 0o755);
  return folder;
}

test('a browser on the PATH is taken under any of its names', async () => {
  const folder = await folderWith('google-chrome', 'echo "Google Chrome 140.0.1"');

  await expect(findChromium({ env: { PATH: folder }, say: () => undefined }, none)).resolves.toEqual({
    path: join(folder, 'google-chrome'),
    source: 'PATH',
  });
});

test('a stub that only advises to install a snap is passed over for npm’s browser', async () => {
  const folder = await folderWith('chromium-browser', 'echo "requires the chromium snap" >&2; exit 1');
  const said: string[] = [];

  const found = await findChromium({ env: { PATH: folder }, say: (line) => void said.push(line) }, () =>
    Promise.resolve('/tmp/chromium'),
  );

  expect(found).toEqual({ path: '/tmp/chromium', source: 'npm @sparticuz/chromium' });
  expect(said).toEqual([`${join(folder, 'chromium-browser')} does not run: requires the chromium snap`]);
});

test('when none can be had, the error says what to install', async () => {
  await expect(findChromium({ env: { PATH: '' }, say: () => undefined }, none)).rejects.toThrow(
    /A Chromium cannot be had[^]*apt-get install chromium/,
  );
});
