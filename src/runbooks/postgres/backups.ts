import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { execa } from 'execa';
import { Temporal } from 'temporal-polyfill';
import { counted } from '../../domain/describe/words.js';
import { spoken } from '../../domain/duration.js';
import { liveOf } from './writes.js';
import type { Job, Operation } from './operation.js';
import { findProgram } from './programs.js';
import { Refusal } from './refusal.js';

/** One dump in the folder, and why it is no good, where it is not. */
export type Backup = { name: string; path: string; at: number; sizeBytes: number; sha256: string; fault?: string };

/** Older ones are not looked at, since each is read as a whole; a recovery tries no more. */
const lookedAt = 5;

const sha256Of = async (path: string, { sums }: Job): Promise<string> => {
  const { size, mtimeMs } = await stat(path);
  const file = `${path} ${size} ${mtimeMs}`;
  const known = sums.get(file);
  if (known !== undefined) return known;
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  const sum = hash.digest('hex');
  sums.set(file, sum);
  return sum;
};

/** What `sha256sum` wrote beside the dump. */
const expectedSum = async (path: string): Promise<string | undefined> => {
  const text = await readFile(`${path}.sha256`, 'utf8').catch(() => undefined);
  return text?.trim().split(/\s/)[0]?.toLowerCase();
};

export const pgRestore = async ({ environment }: Job): Promise<string> => {
  const program = await findProgram('pg_restore', environment);
  if (program === undefined) throw new Refusal('pg_restore is neither on the PATH nor under /usr/lib/postgresql');
  return program;
};

const createdAt = /Archive created at (\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)/;

/** A dump keeps the hour of where it was made, and not where that was. */
const momentIn = (contents: string, timeZone: string): number | undefined => {
  const [, day, time] = createdAt.exec(contents) ?? [];
  if (day === undefined || time === undefined) return undefined;
  return Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(timeZone).epochMilliseconds;
};

/** The table of contents tells when the dump was begun, and whether its head can be read at all. */
const readContents = async (
  program: string,
  path: string,
  timeZone: string,
): Promise<{ at?: number; fault?: string }> => {
  const { failed, stdout, stderr, shortMessage } = await execa(program, ['--list', path], {
    env: { TZ: 'UTC', LC_ALL: 'C' },
    reject: false,
    stdin: 'ignore',
  });
  if (failed) return { fault: `pg_restore --list: ${stderr.trim().split('\n')[0] || shortMessage}` };
  const at = momentIn(stdout, timeZone);
  return at === undefined ? {} : { at };
};

const inspect = async (job: Job, program: string, path: string): Promise<Backup> => {
  const { size, mtimeMs } = await stat(path);
  const [contents, sha256, expected] = await Promise.all([
    readContents(program, path, job.database.backups.timeZone),
    sha256Of(path, job),
    expectedSum(path),
  ]);
  const missing = expected === undefined && job.database.backups.checksum === 'required';
  const fault =
    contents.fault ??
    (missing ? 'there is no checksum' : undefined) ??
    (expected !== undefined && expected !== sha256 ? 'its checksum is another than noted' : undefined);
  const at = contents.at ?? Math.floor(mtimeMs);
  return { name: basename(path), path, at, sizeBytes: size, sha256, ...(fault !== undefined && { fault }) };
};

/** The newest dumps of the folder, newest first, each with what is wrong with it. */
export const readBackups = async (job: Job): Promise<Backup[]> => {
  const { folder, suffix } = job.database.backups;
  const names = await readdir(folder).catch((error: unknown) => {
    throw new Refusal(`the backups cannot be listed: ${error instanceof Error ? error.message : String(error)}`);
  });
  const program = await pgRestore(job);
  const files = await Promise.all(
    names
      .filter((name) => name.endsWith(suffix))
      .map(async (name) => {
        const path = join(folder, name);
        return { path, mtimeMs: (await stat(path)).mtimeMs };
      }),
  );
  const newest = files.sort((a, b) => b.mtimeMs - a.mtimeMs).slice(0, lookedAt);
  const backups: Backup[] = [];
  for (const { path } of newest) backups.push(await inspect(job, program, path));
  return backups.sort((a, b) => b.at - a.at);
};

/** When writes stopped, by the mark of the damaged database; a recovery does not begin before. */
export const stoppedAt = async (job: Job): Promise<number> => {
  const { mark, name } = await liveOf(job);
  if ((mark?.state === 'stopped' || mark?.state === 'validated') && mark.crisis === job.crisis) return mark.stoppedAt;
  throw new Refusal(`writes to "${name}" have not been stopped in this crisis`);
};

const row = ({ name, at, sizeBytes, fault }: Backup, since: number): string =>
  `${fault === undefined ? 'intact ' : 'DAMAGED'}  ${name}  ${new Date(at).toISOString()}  ${spoken(since - at)} before writes stopped  ${(sizeBytes / 1e6).toFixed(1)} MB${fault === undefined ? '' : `  ${fault}`}`;

/** Every backup with its age, its size and whether it is intact; without an intact one there is nothing to go back to. */
export const listBackups: Operation = async (job) => {
  const since = await stoppedAt(job);
  const backups = await readBackups(job);
  for (const backup of backups) job.say(row(backup, since));
  const [newest, ...others] = backups.filter(({ fault }) => fault === undefined);
  if (!newest)
    throw new Refusal(`none of ${counted(backups.length, 'backup')} in ${job.database.backups.folder} is intact`);
  const damaged = backups
    .filter(({ fault }) => fault !== undefined)
    .map(({ name, fault }) => `; ${name} is damaged: ${fault ?? ''}`);
  return {
    summary: `${others.length + 1} of ${counted(backups.length, 'backup')} intact; the newest, ${newest.name}, is ${spoken(since - newest.at)} older than the last write${damaged.join('')}`,
  };
};
