import { createHash } from 'node:crypto';
import { open, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { execa } from 'execa';
import { inSession } from './book.js';

type Wanted = {
  url: string;
  binDir: string;
  folder: string;
  name: string;
  /** When it shall seem to have been made. */
  at?: number;
  /** One file, or a folder with a file per table. */
  format?: 'custom' | 'directory';
};

/** What `sha256sum` prints: a line per file. */
const sumsOf = async (paths: readonly string[]): Promise<string> => {
  const lines = paths.map(async (path) => {
    const sum = createHash('sha256').update(await readFile(path));
    return `${sum.digest('hex')}  ${basename(path)}\n`;
  });
  return (await Promise.all(lines)).join('');
};

const filesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder)).sort().map((file) => join(folder, file));

/** Dumps a database as a nightly job would do it: the dump, its checksum, and a list of what was in it. */
export const backUp = async ({ url, binDir, folder, name, at, format = 'custom' }: Wanted): Promise<string> => {
  const path = join(folder, `${name}.dump`);
  const tables = await inSession(url, async (client) => {
    // The list and the dump see the same moment.
    await client.query('begin transaction isolation level repeatable read read only');
    const { rows: snapshots } = await client.query<{ id: string }>('select pg_export_snapshot() as id');
    const snapshot = snapshots[0]?.id ?? '';
    await execa(join(binDir, 'pg_dump'), [`--format=${format}`, `--snapshot=${snapshot}`, `--file=${path}`, url], {
      env: { TZ: 'UTC' },
      stdin: 'ignore',
    });
    const { rows } = await client.query<{ name: string; rows: number; checksum: string }>(
      `select 'public.' || name as name, rows::int, checksum from (
         select 'orders' as name, count(*) as rows, coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text as checksum from orders t
         union all
         select 'customers', count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text from customers t) lists`,
    );
    return Object.fromEntries(rows.map(({ name: table, ...found }) => [table, found]));
  });
  if (at !== undefined) await backdate(format === 'custom' ? path : join(path, 'toc.dat'), at);
  await writeFile(`${path}.sha256`, await sumsOf(format === 'custom' ? [path] : await filesIn(path)));
  await writeFile(`${path}.json`, JSON.stringify({ tables }, null, 2));
  return path;
};

/** Where the moment stands in the head of a dump: seven numbers of a sign and four bytes, after the compression. */
const fieldBytes = 5;
const headBytes = 11;
const firstWithCompressionByte = 15;

/** Gives a dump another age, so that a story of hours can be told in seconds. */
const backdate = async (path: string, at: number): Promise<void> => {
  const file = await open(path, 'r+');
  try {
    const head = Buffer.alloc(headBytes);
    await file.read(head, 0, headBytes, 0);
    const compression = head.readUInt8(6) >= firstWithCompressionByte ? 1 : fieldBytes;
    const moment = new Date(at);
    const fields = [
      moment.getUTCSeconds(),
      moment.getUTCMinutes(),
      moment.getUTCHours(),
      moment.getUTCDate(),
      moment.getUTCMonth(),
      moment.getUTCFullYear() - 1900,
    ];
    const bytes = Buffer.alloc(fields.length * fieldBytes);
    fields.forEach((value, index) => bytes.writeUInt32LE(value, index * fieldBytes + 1));
    await file.write(bytes, 0, bytes.length, headBytes + compression);
  } finally {
    await file.close();
  }
  await utimes(path, new Date(at), new Date(at));
};

/** Copies all files of the server, as what archived WAL is applied to; the folder is `<folder>/<name>`. */
export const backUpServer = async ({ url, binDir, folder, name }: Wanted): Promise<string> => {
  const path = join(folder, name);
  await rm(path, { recursive: true, force: true });
  await execa(
    join(binDir, 'pg_basebackup'),
    ['--pgdata', path, '--format=plain', '--wal-method=none', '--checkpoint=fast', '--no-sync', '--dbname', url],
    { stdin: 'ignore' },
  );
  return path;
};

/** What a failing disk does: the bytes in the middle of a dump are others. */
export const damageFile = async (path: string): Promise<void> => {
  const bytes = await readFile(path);
  const middle = Math.floor(bytes.length / 2);
  for (let index = middle; index < Math.min(middle + 64, bytes.length); index += 1)
    bytes.writeUInt8(bytes.readUInt8(index) ^ 0xff, index);
  await writeFile(path, bytes);
};
