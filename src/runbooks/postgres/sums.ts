import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** What was summed already, by path, size and time: listing and restoring need not both read it. */
export type KnownSums = Map<string, string>;

/** A dump’s SHA-256; a folder’s is that of the list `sha256sum *` would print in it. */
export type Summed = {
  sha256: string;
  sizeBytes: number;
  /** Where it is another than was noted beside the dump. */ fault?: string;
};

const sumOfFile = async (path: string, known: KnownSums): Promise<Omit<Summed, 'fault'>> => {
  const { size, mtimeMs } = await stat(path);
  const file = `${path} ${size} ${mtimeMs}`;
  const before = known.get(file);
  if (before !== undefined) return { sha256: before, sizeBytes: size };
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  const sha256 = hash.digest('hex');
  known.set(file, sha256);
  return { sha256, sizeBytes: size };
};

type Noted = { name: string; sha256: string };

/** What `sha256sum` wrote beside the dump: a line per file. Undefined where it wrote nothing. */
const notedBeside = async (path: string): Promise<Noted[] | undefined> => {
  const text = await readFile(`${path}.sha256`, 'utf8').catch(() => undefined);
  return text
    ?.split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [sha256 = '', name = ''] = line.trim().split(/\s+\*?/, 2);
      return { name: basename(name), sha256: sha256.toLowerCase() };
    });
};

const missing = 'there is no checksum';

/** Reads the one file of a dump and holds it against the sum beside it; `required`: there must be one. */
export const sumFile = async (path: string, required: boolean, known: KnownSums): Promise<Summed> => {
  const [found, noted] = await Promise.all([sumOfFile(path, known), notedBeside(path)]);
  const expected = noted?.[0]?.sha256;
  if (expected === undefined) return required ? { ...found, fault: missing } : found;
  return expected === found.sha256 ? found : { ...found, fault: 'its checksum is another than noted' };
};

const differing = (found: readonly Noted[], noted: readonly Noted[]): string | undefined => {
  const absent = noted.find(({ name }) => !found.some((one) => one.name === name));
  if (absent) return `${absent.name} is missing from it`;
  for (const { name, sha256 } of found) {
    const expected = noted.find((one) => one.name === name)?.sha256;
    if (expected === undefined) return `${name} is in it and has no checksum`;
    if (expected !== sha256) return `the checksum of ${name} is another than noted`;
  }
  return undefined;
};

/** The same of a dump that is a folder: every file of it, and no file more or less than was noted. */
export const sumFolder = async (path: string, required: boolean, known: KnownSums): Promise<Summed> => {
  const found: Noted[] = [];
  let sizeBytes = 0;
  for (const name of (await readdir(path)).sort()) {
    const one = await sumOfFile(join(path, name), known);
    found.push({ name, sha256: one.sha256 });
    sizeBytes += one.sizeBytes;
  }
  const list = found.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join('');
  const sum = { sha256: createHash('sha256').update(list).digest('hex'), sizeBytes };
  const noted = await notedBeside(path);
  const fault = noted === undefined ? (required ? missing : undefined) : differing(found, noted);
  return fault === undefined ? sum : { ...sum, fault };
};
