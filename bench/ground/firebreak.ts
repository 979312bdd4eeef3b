import { open } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { until } from '../../tests/support/until.js';

const program = fileURLToPath(new URL('../../bin/firebreak.js', import.meta.url));

/** What docker-compose.yml gives a worker. */
const asInProduction = { MALLOC_ARENA_MAX: '2', NODE_OPTIONS: '--max-semi-space-size=4' };

/** `firebreak worker` or `firebreak api`, as in production: a process of its own. */
export type Running = { pid: number; stop: () => Promise<void> };

/** Starts it and waits until it says on its log that it is there. Throws with the end of the log when it does not. */
export const startFirebreak = async (
  command: 'worker' | 'api',
  env: Record<string, string>,
  logFile: string,
): Promise<Running> => {
  const log = await open(logFile, 'a+');
  const profile = process.env['BENCH_PROFILE'];
  const profiling = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
  const child = spawn(process.execPath, [...profiling, program, command], {
    env: { ...process.env, ...(command === 'worker' && asInProduction), ...env },
    stdio: ['ignore', log.fd, log.fd],
  });
  const gone = once(child, 'exit');
  const endWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', endWithUs);
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await gone;
    process.off('exit', endWithUs);
    await log.close();
  };
  const said = async (): Promise<string> => {
    const { size } = await log.stat();
    const buffer = Buffer.alloc(size);
    await log.read(buffer, 0, size, 0);
    return buffer.toString('utf8');
  };
  const words = command === 'api' ? /API at http/ : /worker polls/;
  try {
    await until(
      `the ${command}`,
      async () => {
        if (child.exitCode !== null) throw new Error((await said()).slice(-600));
        return words.test(await said());
      },
      60_000,
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return { pid: child.pid ?? 0, stop };
};
