import { constants } from 'node:fs';
import { access, readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

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

/** Finds one of PostgreSQL's programs: on the PATH, else Debian's newest. Undefined where there is none. */
export const findProgram = async (name: string, environment: Environment): Promise<string | undefined> => {
  const onPath = (environment['PATH'] ?? '').split(delimiter).filter(Boolean);
  for (const folder of [...onPath, ...(await debianFolders())]) {
    const file = join(folder, name);
    const runs = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs) return file;
  }
  return undefined;
};
