import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { z } from 'zod';
import type { WalArchive } from '../../../domain/database.js';
import type { KnownSums } from '../sums.js';

/** A copy of all of a server’s files, and why it is no good, where it is not. */
export type BaseBackup = {
  name: string;
  path: string;
  /** When it was begun, in milliseconds since 1970. */
  at: number;
  /** PostgreSQL’s version that wrote it. */
  major: number;
  fault?: string;
};

const Manifest = z.object({
  Files: z.array(z.object({ Path: z.string().optional(), 'Last-Modified': z.string() })),
});

/** The label is written when the backup begins; the manifest alone tells its time with a zone. */
const begunAt = async (path: string): Promise<number | undefined> => {
  const text = await readFile(join(path, 'backup_manifest'), 'utf8');
  const label = Manifest.safeParse(JSON.parse(text)).data?.Files.find(({ Path }) => Path === 'backup_label');
  const at = Date.parse(label?.['Last-Modified'] ?? '');
  return Number.isNaN(at) ? undefined : at;
};

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** What it is made of, without reading all of it. */
const faultOf = async (path: string): Promise<string | undefined> => {
  if (!(await isThere(join(path, 'backup_label')))) return 'there is no backup_label in it';
  if (!(await isThere(join(path, 'backup_manifest')))) return 'there is no backup_manifest in it to verify it by';
  // Their links lead out of the copy, into what somebody may be using.
  if ((await readdir(join(path, 'pg_tblspc'))).length > 0) return 'it has tablespaces, which are not supported';
  return undefined;
};

const inspect = async (folder: string, name: string): Promise<BaseBackup | undefined> => {
  const path = join(folder, name);
  const packed = (await readdir(path).catch(() => [])).find((file) => /^base\.tar/.test(file));
  const { mtimeMs } = await stat(path);
  if (packed !== undefined)
    return { name, path, at: mtimeMs, major: 0, fault: `${packed} is in it: unpack it, or use --format=plain` };
  const version = await readFile(join(path, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (version === undefined) return undefined;
  const major = Number(version.trim());
  try {
    const fault = await faultOf(path);
    const at = fault === undefined ? await begunAt(path) : undefined;
    return { name, path, at: at ?? Math.floor(mtimeMs), major, ...(fault !== undefined && { fault }) };
  } catch (error) {
    return { name, path, at: mtimeMs, major, fault: error instanceof Error ? error.message : String(error) };
  }
};

/** All base backups of the folder, newest first; throws where it cannot be read. */
export const readBaseBackups = async ({ baseBackups }: WalArchive): Promise<BaseBackup[]> => {
  const names = await readdir(baseBackups);
  const found = await Promise.all(names.map((name) => inspect(baseBackups, name)));
  return found.filter((one) => one !== undefined).sort((a, b) => b.at - a.at);
};

/**
 * Holds every byte of a base backup, or of a copy of it, against its manifest. Answers what is wrong, in words. The WAL beside
 * it is not looked at: it is read from the archive, and PostgreSQL checks each record of it.
 */
export const verifyBase = async (path: string, binDir: string, known?: KnownSums): Promise<string | undefined> => {
  const { size, mtimeMs } = await stat(join(path, 'backup_manifest'));
  const key = `verified ${path} ${size} ${mtimeMs}`;
  if (known?.has(key)) return undefined;
  const { failed, stderr, shortMessage } = await execa(
    join(binDir, 'pg_verifybackup'),
    ['--no-parse-wal', '--exit-on-error', '--quiet', path],
    { env: { LC_ALL: 'C' }, reject: false, stdin: 'ignore' },
  );
  if (failed) return (stderr.trim().split('\n')[0] || (shortMessage ?? '')).replace(/^pg_verifybackup: (error: )?/, '');
  known?.set(key, 'verified');
  return undefined;
};
