import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';

/** Whether a file is there that we may run. */
export async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

/** Every file of one of these names on the PATH, in the order a shell would take them. */
export async function onPath(env: NodeJS.ProcessEnv, ...names: string[]): Promise<string[]> {
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  const runnable = await Promise.all(candidates.map(isExecutable));
  return candidates.filter((_, i) => runnable[i]);
}

/**
 * Runs `<path> --version` and returns what it says, where that looks as expected.
 * A shim or a namesake on the PATH does not: then this throws, saying what came.
 */
export async function versionOf(path: string, expected: RegExp, env: NodeJS.ProcessEnv): Promise<string> {
  const { stdout, stderr, failed, shortMessage } = await execa(path, ['--version'], {
    env,
    extendEnv: false,
    reject: false,
    timeout: 20_000,
    stdin: 'ignore',
  });
  if (failed) throw new Error(`${path} does not run: ${stderr.trim().split('\n', 1)[0] || shortMessage}`);
  if (!expected.test(stdout)) throw new Error(`${path} is another program: it answers "${stdout.trim().slice(0, 80)}"`);
  return stdout.trim();
}
