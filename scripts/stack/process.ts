import { readFile } from 'node:fs/promises';
import { execa } from 'execa';
import { z } from 'zod';

/** A process that cannot be mistaken for a later one of the same number: `startedAt` is an opaque mark of its start. */
export const ProcessMark = z.object({ pid: z.number().int().positive(), startedAt: z.string().min(1) });
export type ProcessMark = z.infer<typeof ProcessMark>;

/** The mark of a running process; undefined when none of this number runs. One that has ended but is not yet reaped counts as gone. */
export async function markOf(pid: number): Promise<ProcessMark | undefined> {
  const startedAt = process.platform === 'linux' ? await startInTicks(pid) : await startByPs(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

/** Whether this very process still runs. */
export const isAlive = async (mark: ProcessMark): Promise<boolean> =>
  (await markOf(mark.pid))?.startedAt === mark.startedAt;

/** Our own mark. */
export async function ownMark(): Promise<ProcessMark> {
  const mark = await markOf(process.pid);
  if (!mark) throw new Error(`cannot read when process ${process.pid} started`);
  return mark;
}

async function startInTicks(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (stat === undefined) return undefined;
  // The program's name may hold spaces and brackets; the fields begin after the last one. See proc(5): state is the 3rd, start the 22nd.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ended = ['Z', 'X'].includes(fields[0] ?? '');
  return ended ? undefined : `${await bootId()} ${fields[19] ?? ''}`;
}

const bootId = async (): Promise<string> => (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();

async function startByPs(pid: number): Promise<string | undefined> {
  const { stdout, failed } = await execa('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { reject: false });
  const [state = '', ...start] = stdout.trim().split(/\s+/);
  return failed || state.startsWith('Z') || start.length === 0 ? undefined : start.join(' ');
}
