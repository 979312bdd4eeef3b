import { execa } from 'execa';
import getPort from 'get-port';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

const bin = '/usr/lib/postgresql/15/bin';

/** The server refuses to run as root, so a root test run hands it to a user made for it. */
const asServerUser = process.getuid?.() === 0 ? ['runuser', '-u', 'postgres', '--'] : [];

const run = (program: string, ...args: string[]) => {
  const [first = program, ...rest] = [...asServerUser, join(bin, program), ...args];
  return execa(first, rest, { cwd: tmpdir(), stdio: 'ignore' });
};

/** A real PostgreSQL server in a folder of its own, on a free port of 127.0.0.1. */
export const startPostgres = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'firebreak-postgres-'));
  await chmod(folder, 0o777);
  const data = join(folder, 'data');
  const port = await getPort();
  const options = `-p ${port} -h 127.0.0.1 -k ${folder} -c fsync=off -c max_connections=50`;
  await run('initdb', '-D', data, '-U', 'firebreak', '--auth=trust', '-E', 'UTF8');
  const start = () => run('pg_ctl', '-D', data, '-o', options, '-w', 'start');
  await start();
  const url = (database: string) => `postgresql://firebreak@127.0.0.1:${port}/${database}`;
  return {
    /** An empty database of this name. */
    async database(name: string): Promise<string> {
      const client = new pg.Client(url('postgres'));
      await client.connect();
      await client.query(`create database "${name}"`);
      await client.end();
      return url(name);
    },
    start,
    kill: () => run('pg_ctl', '-D', data, '-m', 'immediate', 'stop'),
    async stop(): Promise<void> {
      await run('pg_ctl', '-D', data, '-m', 'immediate', 'stop').catch(() => undefined);
      await rm(folder, { recursive: true, force: true });
    },
  };
};
