import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleWorkflows } from '../../src/workers/bundle.js';

const read = async (file: string): Promise<string | undefined> => readFile(file, 'utf8').catch(() => undefined);

/** What the bundle is made of; the lock file stands for the libraries. */
const hashOfSources = async (): Promise<string> => {
  const hash = createHash('sha256').update(await readFile('package-lock.json'));
  for (const folder of ['workflows', 'domain', 'playbooks', 'activities'])
    for (const file of (await readdir(join('src', folder), { recursive: true })).sort())
      if (file.endsWith('.ts')) hash.update(file).update(await readFile(join('src', folder, file)));
  return hash.digest('hex').slice(0, 20);
};

/** The workflows' bundle in a file, made once for all test files and processes as long as no source changes. */
export const bundleFile = async (): Promise<string> => {
  const folder = join(tmpdir(), 'firebreak-test-bundles');
  const file = join(folder, `${await hashOfSources()}.js`);
  if ((await read(file)) !== undefined) return file;
  const { code } = await bundleWorkflows();
  await mkdir(folder, { recursive: true });
  await writeFile(`${file}.${process.pid}`, code);
  await rename(`${file}.${process.pid}`, file);
  return file;
};

export const readBundle = async (file: string) => ({ code: await readFile(file, 'utf8'), sourceMap: 'inline' });

/** The same, read. */
export const bundleOnce = async () => readBundle(await bundleFile());
