import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { execa } from 'execa';
import { documents, findFaults } from '../../../scripts/checks/docPaths.js';

async function project(readme: string): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'firebreak-docs-'));
  await mkdir(join(root, 'docs', 'decisions'), { recursive: true });
  await mkdir(join(root, 'src'));
  await writeFile(join(root, 'src', 'there.ts'), '');
  await writeFile(join(root, 'README.md'), readme);
  await writeFile(join(root, 'docs', 'decisions', '0001-first.md'), 'See [the source](../../src/there.ts).');
  return root;
}
const faultsOf = async (readme: string) => {
  const root = await project(readme);
  return findFaults(root, documents(root));
};

test('a path that is gone is named with its file and line, in backticks and in links', async () => {
  await expect(faultsOf('# Readme\n\nRead `src/gone.ts`,\nthen [this](docs/gone.md#part).')).resolves.toEqual([
    { file: 'README.md', line: 3, path: 'src/gone.ts' },
    { file: 'README.md', line: 4, path: 'docs/gone.md' },
  ]);
});

test('what exists, lies elsewhere or is only a pattern is left alone', async () => {
  await expect(
    faultsOf(
      '`src/there.ts:12`, `npx tsx src/there.ts`, `src/`, `node_modules/x`, `src/*.ts`, [web](https://example.org/src/x)',
    ),
  ).resolves.toEqual([]);
});

test('a path inside a command is looked at too', async () => {
  await expect(faultsOf('`npx tsx scripts/gone.ts --check`')).resolves.toMatchObject([{ path: 'scripts/gone.ts' }]);
});

test('the documents of this project name nothing that is gone', async () => {
  const { exitCode, stderr } = await execa('npx', ['tsx', 'scripts/checks/docPaths.ts'], { reject: false });

  expect(stderr.split('\n').filter((line) => line.includes('does not exist'))).toEqual([]);
  expect(exitCode).toBe(0);
});
