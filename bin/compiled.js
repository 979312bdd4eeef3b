import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const program = join(root, 'dist', 'firebreak.js');

const isOlderThan = (madeAt) => (entry) =>
  entry.isDirectory() || statSync(join(entry.parentPath, entry.name)).mtimeMs < madeAt;

/** The program as `npm ci` has compiled it; undefined when it has not, or a source is younger than it. */
export const compiled = () => {
  if (!existsSync(program)) return undefined;
  const isOlder = isOlderThan(statSync(program).mtimeMs);
  const sources = ['src', 'scripts'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true }),
  );
  return sources.every(isOlder) ? program : undefined;
};
