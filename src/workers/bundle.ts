import { createHash } from 'node:crypto';
import { access, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { loader } from './loader.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = fileURLToPath(new URL('./bundling.ts', import.meta.url));

/** Everything that workflows are made of, or may be; the package's own file stands for the libraries. */
const sources = ['workflows', 'domain', 'playbooks', 'activities', 'workers', 'codec'];

const hashOf = async (observers: readonly string[]): Promise<string> => {
  const hash = createHash('sha256').update(await readFile(join(root, 'package.json')));
  for (const observer of observers) hash.update(await readFile(observer));
  for (const folder of sources) {
    const files = await readdir(join(root, 'src', folder), { recursive: true });
    for (const file of files.filter((each) => each.endsWith('.ts')).sort())
      hash.update(file).update(await readFile(join(root, 'src', folder, file)));
  }
  return hash.digest('hex').slice(0, 20);
};

const dayMs = 86_400_000;

/** What another version of the code has left; one that is read this very moment is younger. */
const clear = async (folder: string, kept: string): Promise<void> => {
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Date.now() }));
    if (file !== kept && Date.now() - mtimeMs > dayMs) await rm(file, { force: true });
  }
};

/**
 * All workflows in one file of `folder`, bundled anew when a source has changed. A process of its own bundles: it takes five
 * seconds, and a worker would carry 300 MiB of the bundler for the rest of its life. `observers` are interceptors for a replay.
 */
export const bundleWorkflows = async (
  folder: string,
  observers: readonly string[] = [],
): Promise<{ codePath: string }> => {
  const codePath = join(folder, `${await hashOf(observers)}.js`);
  const isThere = await access(codePath).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    await mkdir(folder, { recursive: true });
    await execa(process.execPath, ['--import', loader, program, codePath, ...observers]);
    await clear(folder, codePath);
  }
  return { codePath };
};
