import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { execa } from 'execa';
import { Temporal } from 'temporal-polyfill';
import type { Job } from './operation.js';
import { pgRestore } from './programs.js';
import { Refusal } from './refusal.js';
import { sumFile, sumFolder } from './sums.js';

/** One dump in the folder of backups, and why it is no good, where it is not. */
export type Dump = {
  kind: 'dump';
  name: string;
  path: string;
  at: number;
  sizeBytes: number;
  sha256: string;
  fault?: string;
};

const createdAt = /Archive created at (\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)/;

/** A dump keeps the hour of where it was made, and not where that was. */
const momentIn = (contents: string, timeZone: string): number | undefined => {
  const [, day, time] = createdAt.exec(contents) ?? [];
  if (day === undefined || time === undefined) return undefined;
  return Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(timeZone).epochMilliseconds;
};

type Contents = { at?: number; /** The numbers of the tables’ data. */ parts: string[]; fault?: string };

/** The table of contents tells when the dump was begun, and whether its head can be read at all. */
const readContents = async (program: string, path: string, timeZone: string): Promise<Contents> => {
  const { failed, stdout, stderr, shortMessage } = await execa(program, ['--list', path], {
    env: { TZ: 'UTC', LC_ALL: 'C' },
    reject: false,
    stdin: 'ignore',
  });
  if (failed) return { parts: [], fault: `pg_restore --list: ${stderr.trim().split('\n')[0] || shortMessage}` };
  const at = momentIn(stdout, timeZone);
  const parts = [...stdout.matchAll(/^(\d+); \d+ \d+ TABLE DATA /gm)].map(([, part]) => part ?? '');
  return { parts, ...(at !== undefined && { at }) };
};

type Found = { path: string; isFolder: boolean; hasContents: boolean; mtimeMs: number };

/** A folder gets its table of contents when all else is in it: one without was interrupted. */
const lookAt = async (path: string, suffix: string): Promise<Found | undefined> => {
  const itself = await stat(path).catch(() => undefined);
  if (!itself) return undefined;
  const named = basename(path).endsWith(suffix);
  if (!itself.isDirectory())
    return named ? { path, isFolder: false, hasContents: true, mtimeMs: itself.mtimeMs } : undefined;
  const contents = await stat(join(path, 'toc.dat')).catch(() => undefined);
  if (!named && !contents) return undefined;
  return { path, isFolder: true, hasContents: contents !== undefined, mtimeMs: (contents ?? itself).mtimeMs };
};

const missingPart = async (path: string, parts: readonly string[]): Promise<string | undefined> => {
  const names = new Set((await readdir(path)).map((name) => name.split('.dat')[0]));
  const part = parts.find((one) => !names.has(one));
  return part === undefined ? undefined : `the data of one of its tables, ${part}.dat, is missing`;
};

type Needs = Pick<Job, 'database' | 'environment' | 'sums'>;

const inspect = async (
  { database: { backups }, sums }: Needs,
  program: string,
  { path, isFolder, hasContents, mtimeMs }: Found,
): Promise<Dump> => {
  const required = backups.checksum === 'required';
  const [contents, sum] = await Promise.all([
    hasContents ? readContents(program, path, backups.timeZone) : { parts: [], fault: 'it was never finished' },
    isFolder ? sumFolder(path, required, sums) : sumFile(path, required, sums),
  ]);
  const fault = contents.fault ?? sum.fault ?? (isFolder ? await missingPart(path, contents.parts) : undefined);
  return {
    kind: 'dump',
    name: basename(path),
    path,
    at: ('at' in contents ? contents.at : undefined) ?? Math.floor(mtimeMs),
    sizeBytes: sum.sizeBytes,
    sha256: sum.sha256,
    ...(fault !== undefined && { fault }),
  };
};

/** So many of the newest dumps of the folder, newest first, each with what is wrong with it. */
export const readDumps = async (needs: Needs, count: number): Promise<Dump[]> => {
  const { folder, suffix } = needs.database.backups;
  const names = await readdir(folder).catch((error: unknown) => {
    throw new Refusal(`the backups cannot be listed: ${error instanceof Error ? error.message : String(error)}`);
  });
  const program = await pgRestore(needs);
  const found = await Promise.all(names.map((name) => lookAt(join(folder, name), suffix)));
  const looked = found
    .filter((one) => one !== undefined)
    .sort((a, b) => b.mtimeMs - a.mtimeMs)
    .slice(0, count);
  const dumps: Dump[] = [];
  for (const one of looked) dumps.push(await inspect(needs, program, one));
  return dumps.sort((a, b) => b.at - a.at);
};
