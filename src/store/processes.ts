import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, under another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Boot and clock tick of the start, the 22nd field of Linux's stat; the name before it may hold spaces and brackets. */
const fromProc = async (pid: number): Promise<string> => {
  const [boot, stat] = await Promise.all([
    readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    readFile(`/proc/${pid}/stat`, 'utf8'),
  ]);
  return `${boot.trim()} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''}`;
};

const fromPs = async (pid: number): Promise<string> =>
  (await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)])).stdout.trim();

/**
 * When the process with this id began, in words that only compare equal for the same process; undefined when none runs.
 * `unknown` where the system does not say: then the id alone must do.
 */
export const startOf = async (pid: number): Promise<string | undefined> => {
  if (!alive(pid)) return undefined;
  return fromProc(pid).catch(() => fromPs(pid).catch(() => 'unknown'));
};
