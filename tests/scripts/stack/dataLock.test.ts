import { mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from '@jest/globals';
import { dataLock } from '../../../scripts/stack/dataLock.js';
import { ownMark } from '../../../scripts/stack/process.js';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'firebreak-lock-'));
});
const lockedBy = async (holder: object) => {
  const whole = {
    host: hostname(),
    since: '2026-01-01T00:00:00.000Z',
    state: 'holds',
    ...(await ownMark()),
    ...holder,
  };
  await mkdir(join(dataDir, 'lock'));
  await writeFile(join(dataDir, 'lock', '01.json'), JSON.stringify(whole));
};

test('a second start says who holds the data folder and what to do', async () => {
  await dataLock(dataDir);

  await expect(dataLock(dataDir)).rejects.toThrow(
    new RegExp(`in use by process ${process.pid} since .*: stop it, or set FIREBREAK_DATA to another folder`),
  );
});

test('a released folder can be taken again, and nothing is left in it', async () => {
  await (await dataLock(dataDir)).release();
  await (await dataLock(dataDir)).release();

  await expect(readdir(join(dataDir, 'lock'))).resolves.toEqual([]);
});

test('the lock of a dead process, or of an earlier one with our number, is taken over', async () => {
  await lockedBy({ startedAt: 'another life' });

  await expect(dataLock(dataDir)).resolves.toBeDefined();
  await expect(readdir(join(dataDir, 'lock'))).resolves.not.toContain('01.json');
});

test('a lock file that cannot be read is taken over', async () => {
  await mkdir(join(dataDir, 'lock'));
  await writeFile(join(dataDir, 'lock', '01.json'), '{"pid":');

  await expect(dataLock(dataDir)).resolves.toBeDefined();
});

test('a lock from another machine is respected, since nobody here can tell whether its holder lives', async () => {
  await lockedBy({ host: 'elsewhere', startedAt: 'another life' });

  await expect(dataLock(dataDir)).rejects.toThrow(/on elsewhere since .* if that machine is gone, delete .*01\.json/);
});

test('of many that find a dead lock at once, one gets it', async () => {
  await lockedBy({ startedAt: 'another life' });

  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => dataLock(dataDir)));

  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await expect(readdir(join(dataDir, 'lock'))).resolves.toHaveLength(1);
});
