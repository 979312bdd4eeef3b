import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import getPort from 'get-port';
import { guard } from '../../src/runbooks/guardian.js';
import { serverUser } from '../../src/runbooks/postgres/serverUser.js';

export type ThrowAwayPostgres = { url: string; dataDir: string; binDir: string; stop: () => Promise<void> };

/**
 * A real PostgreSQL of its own, by the programs in `binDir`, on a free port of 127.0.0.1; gone with its data on `stop`. Where
 * an `archive` is named, it is made to archive its WAL there.
 */
export async function startThrowAwayPostgres(binDir: string, archive?: string): Promise<ThrowAwayPostgres> {
  const dataDir = await mkdtemp(join(tmpdir(), 'firebreak-postgres-'));
  const user = await serverUser();
  for (const folder of [dataDir, ...(archive === undefined ? [] : [archive])])
    if (user) await chown(folder, user.uid, user.gid);
  const as = { ...user, cwd: dataDir, stdin: 'ignore' } as const;
  await execa(
    join(binDir, 'initdb'),
    [
      '--pgdata',
      dataDir,
      '--username',
      'postgres',
      '--auth',
      'trust',
      '--encoding',
      'UTF8',
      '--no-locale',
      '--no-sync',
    ],
    as,
  );

  const port = await getPort();
  const server = execa(join(binDir, 'postgres'), ['-D', dataDir, ...settings(port, dataDir, archive)], {
    ...as,
    stdout: 'ignore',
    reject: false,
  });
  const guardian = server.pid === undefined ? undefined : guard(server.pid);
  const stop = async () => {
    server.kill('SIGINT'); // fast shutdown: open sessions are cut off
    await server;
    await guardian?.dismiss();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await answers(binDir, port, server);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, dataDir, binDir, stop };
}

const settings = (port: number, socketDir: string, archive: string | undefined): string[] =>
  [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${socketDir}`,
    // Throw-away data: nothing here survives a crash of the machine, only one of the server.
    'fsync=off',
    ...(archive === undefined ? [] : ['archive_mode=on', `archive_command=cp "%p" "${archive}/%f"`]),
  ].flatMap((setting) => ['-c', setting]);

async function answers(binDir: string, port: number, server: PromiseLike<{ stderr: string }>): Promise<void> {
  let death: string | undefined;
  void server.then(({ stderr }) => (death = stderr));
  const giveUpAt = Date.now() + 30_000;
  for (;;) {
    const { failed } = await execa(join(binDir, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', String(port)], {
      reject: false,
    });
    if (!failed) return;
    if (death !== undefined) throw new Error(`PostgreSQL did not start: ${death}`);
    if (Date.now() > giveUpAt) throw new Error(`PostgreSQL on port ${port} did not answer within 30 s`);
  }
}
