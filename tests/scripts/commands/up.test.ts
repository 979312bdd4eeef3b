import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { dataLock } from '../../../scripts/stack/dataLock.js';
import { cli } from './support/cli.js';

const other = createServer();
let taken = '';
beforeAll(async () => {
  await new Promise<void>((ready) => other.listen(0, '127.0.0.1', ready));
  taken = String((other.address() as AddressInfo).port);
});
afterAll(() => void other.close());

const folder = () => mkdtemp(join(tmpdir(), 'firebreak-up-'));

test('a wrong configuration is told first of all, with every fault, and nothing is started', async () => {
  const data = await folder();
  const config = join(await folder(), 'firebreak.yaml');
  await writeFile(config, 'organisation: 5\npublicUrl: nope\n');
  const { code, stderr } = await cli(['up', '--config', config], { FIREBREAK_DATA: data, FIREBREAK_PORT: taken });

  expect(code).toBe(2);
  expect(stderr).toContain(`${config}:1:15 organisation expected a text; got 5`);
  expect(stderr).toContain(`${config}:2:12 publicUrl expected a URL`);
  expect(stderr).toMatch(/The configuration has \d+ faults; nothing was started\./);
  await expect(readdir(data)).resolves.toEqual([]);
});

test('a second start says which port is taken and what to set', async () => {
  const { code, stderr } = await cli(['up'], { FIREBREAK_DATA: await folder(), FIREBREAK_PORT: taken });

  expect(code).toBe(1);
  expect(stderr).toContain(`Port ${taken} on 127.0.0.1 is taken, Firebreak needs it`);
  expect(stderr).toContain('set FIREBREAK_PORT to another port');
});

test('a second demo in the same folder leaves the first one what it stands on, and fails in one line of JSON', async () => {
  const data = await folder();
  const lock = await dataLock(join(data, 'demo'));
  await writeFile(join(data, 'demo', 'temporal.db'), 'of the first one');
  const { code, stdout } = await cli(['demo', '--json'], { FIREBREAK_DATA: data });
  await lock.release();

  expect(code).toBe(1);
  expect(
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual([{ error: { message: expect.stringContaining('The data folder is in use by process') } }]);
  await expect(readdir(join(data, 'demo'))).resolves.toContain('temporal.db');
});
