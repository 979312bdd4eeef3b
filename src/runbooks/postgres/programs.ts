import { constants } from 'node:fs';
import { access, readdir, realpath } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { execa } from 'execa';
import type { Job } from './operation.js';
import { Refusal } from './refusal.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where Debian keeps PostgreSQL's programs, one folder per version and off the PATH. */
const debian = '/usr/lib/postgresql';

const debianFolders = async (): Promise<string[]> => {
  const versions = await readdir(debian).catch(() => []);
  return versions
    .filter((name) => /^\d+$/.test(name))
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(debian, version, 'bin'));
};

const runs = (file: string): Promise<boolean> =>
  access(file, constants.X_OK).then(
    () => true,
    () => false,
  );

/** Every place where one of PostgreSQL's programs lies: those on the PATH, then Debian's, the newest first. */
const placesOf = async (name: string, environment: Environment): Promise<string[]> => {
  const onPath = (environment['PATH'] ?? '').split(delimiter).filter(Boolean);
  const files = [...onPath, ...(await debianFolders())].map((folder) => join(folder, name));
  const there = await Promise.all(files.map(runs));
  return files.filter((_, index) => there[index]);
};

/** Finds one of PostgreSQL's programs: on the PATH, else Debian's newest. Undefined where there is none. */
export const findProgram = async (name: string, environment: Environment): Promise<string | undefined> =>
  (await placesOf(name, environment))[0];

export const pgRestore = async ({ environment }: Pick<Job, 'environment'>): Promise<string> => {
  const program = await findProgram('pg_restore', environment);
  if (program === undefined) throw new Refusal('pg_restore is neither on the PATH nor under /usr/lib/postgresql');
  return program;
};

/** What rolling a base backup forward needs, all of one version and in one folder. */
const ofServer = ['pg_verifybackup', 'pg_controldata', 'pg_ctl', 'pg_dump', 'pg_restore'] as const;

const majorOf = async (postgres: string): Promise<number | undefined> => {
  const { stdout } = await execa(postgres, ['--version'], { reject: false, stdin: 'ignore' });
  const [, major] = /\(PostgreSQL\) (\d+)/.exec(stdout) ?? [];
  return major === undefined ? undefined : Number(major);
};

/** The folder of a whole server of one major version, since files of one cannot be read by another; else what is missing, in words. */
export const findServer = async (
  major: number,
  environment: Environment,
): Promise<{ binDir: string } | { missing: string }> => {
  const others = new Set<number>();
  let incomplete: string | undefined;
  for (const place of await placesOf('postgres', environment)) {
    const binDir = dirname(await realpath(place));
    const version = await majorOf(place);
    if (version !== major) {
      if (version !== undefined) others.add(version);
      continue;
    }
    const there = await Promise.all(ofServer.map((name) => runs(join(binDir, name))));
    const missing = ofServer.filter((_, index) => !there[index]);
    if (missing.length === 0) return { binDir };
    incomplete ??= `${missing.join(' and ')} missing in ${binDir}`;
  }
  if (incomplete !== undefined) return { missing: incomplete };
  const found = others.size === 0 ? 'none is there' : `found ${[...others].join(', ')}`;
  return {
    missing: `a PostgreSQL ${major} server is neither on the worker's PATH nor under ${debian} (${found})`,
  };
};
