import { chmod, mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { firstLine, type Search } from './part.js';

/**
 * Where downloaded parts are kept, shared by all clones: `FIREBREAK_PARTS`, else the user's cache folder.
 * For root it is the machine's cache, since PostgreSQL refuses to run as root and nobody else may read root's home.
 */
export function cacheFolder(env: NodeJS.ProcessEnv, isRoot = process.getuid?.() === 0): string {
  if (env.FIREBREAK_PARTS) return resolve(env.FIREBREAK_PARTS);
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, 'firebreak', 'parts');
  return isRoot ? '/var/cache/firebreak/parts' : join(env.HOME ?? homedir(), '.cache', 'firebreak', 'parts');
}

/** The folders a part may already be in: the shared cache, and the data folder for machines where that cannot be written. */
export const cacheFolders = ({ env, dataDir }: Search): string[] => [cacheFolder(env), join(resolve(dataDir), 'parts')];

/**
 * Fills `<cache>/<name>` and returns its path. It is filled beside and renamed into place in one step, so that nobody
 * ever sees half a part; when two do this at once, the first stays and the second's work is thrown away.
 */
export async function keep(search: Search, name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const root = await writable(cacheFolders(search), search.say);
  const target = join(root, name);
  const draft = await mkdtemp(join(root, `.${name}-`));
  try {
    await fill(draft);
    await chmod(draft, 0o755);
    await rename(draft, target).catch(async (error: unknown) => {
      if (!(await stat(target).catch(() => undefined))) throw error;
    });
    return target;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function writable(folders: readonly string[], say: Search['say']): Promise<string> {
  const [folder, ...rest] = folders;
  if (folder === undefined)
    throw new Error('no folder to keep downloaded parts in can be written: set FIREBREAK_PARTS');
  try {
    await mkdir(folder, { recursive: true, mode: 0o755 });
    await rm(await mkdtemp(join(folder, '.probe-')), { recursive: true });
    return folder;
  } catch (error) {
    say(`cannot keep parts in ${folder}: ${firstLine(error)}`);
    return writable(rest, say);
  }
}
