import { expect, test } from '@jest/globals';
import { execa } from 'execa';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeLock } from '../../src/store/lock.js';
import { openStore } from '../../src/store/openStore.js';
import { startOf } from '../../src/store/processes.js';

const lockFile = async () => join(await mkdtemp(join(tmpdir(), 'firebreak-lock-')), 'pglite.lock');

test('refuses a second opener of the same folder and says who holds it', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'firebreak-lock-'));
  const store = await openStore({ dataDir });

  await expect(openStore({ dataDir })).rejects.toThrow(`held by process ${process.pid} on ${hostname()}`);

  await store.close();
  const again = await openStore({ dataDir });
  await again.close();
});

test('is taken over from a process that died, also when its id went to another', async () => {
  const file = await lockFile();
  const dead = execa('sleep', ['60']);
  const pid = dead.pid ?? 0;
  const holder = { pid, startedAt: (await startOf(pid)) ?? '', host: hostname(), since: '2026-01-01T00:00:00.000Z' };
  await writeFile(file, JSON.stringify(holder));
  await expect(takeLock(file)).rejects.toThrow(`held by process ${pid}`);

  dead.kill('SIGKILL');
  await dead.catch(() => undefined);
  const release = await takeLock(file);
  await release();

  await writeFile(file, JSON.stringify({ ...holder, pid: process.pid }));
  await (
    await takeLock(file)
  )();
});

test('stands when it was taken on another host, which cannot be asked', async () => {
  const file = await lockFile();
  await writeFile(
    file,
    JSON.stringify({ pid: 1, startedAt: 'then', host: 'elsewhere', since: '2026-01-01T00:00:00Z' }),
  );

  await expect(takeLock(file)).rejects.toThrow('If that host is gone, remove the file');
});

test('is free when a crash left half a file, and leaves nothing behind', async () => {
  const file = await lockFile();
  await writeFile(file, '{"pid":');
  const release = await takeLock(file);
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ pid: process.pid });
  await release();

  expect(await readdir(join(file, '..'))).toEqual([]);
});

test('goes to exactly one of many who find a dead one at once', async () => {
  const file = await lockFile();
  await writeFile(file, JSON.stringify({ pid: 4_194_000, startedAt: 'then', host: hostname(), since: 'then' }));

  const takers = await Promise.allSettled(Array.from({ length: 8 }, () => takeLock(file)));

  expect(takers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});
