import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The key that signs acknowledge links: the environment's, else one of our own that is kept beside the data. */
export const signingKeyIn = async (dataDir: string, given: string | undefined): Promise<string> => {
  if (given !== undefined) return given;
  const file = join(dataDir, 'signing-key');
  await mkdir(dataDir, { recursive: true });
  try {
    // `wx`: of two starts at once the first one's key holds for both.
    await writeFile(file, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFile(file, 'utf8');
};
