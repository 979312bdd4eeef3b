import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { damageOrders, inSession } from '../../../../examples/orders/book.js';
import type { DatabaseOperation } from '../../../../src/domain/database.js';
import { layOrderBook, recovery, type OrderBook } from '../../../support/orderBook.js';
import { databasesOf, operate, type Given } from '../../support/operating.js';

// One database that is damaged and recovered again and again: the archive goes on over every recovery.
let book: OrderBook;
beforeAll(async () => {
  book = await layOrderBook({ archives: true });
  await book.order(600, 180, 90);
  await book.backUp('nightly', 90);
}, 120_000);
afterAll(() => book.stop(), 60_000);

let crises = 0;
let crisis = '';
/** A number of cents that tells the orders of one test from all others. */
let price = 0;
beforeEach(async () => {
  crises += 1;
  crisis = `C-${crises}`;
  price = crises * 1_000_000;
  await rm(book.baseBackups, { recursive: true, force: true });
  await mkdir(book.baseBackups);
  await book.backUpServer('sunday');
}, 60_000);

const run = (operation: DatabaseOperation, given: Given = {}) => operate(book, operation, { crisis, ...given });

const orderFor = (cents: number) =>
  inSession(book.serviceUrl, (client) =>
    client.query('insert into orders (customer, cents, placed_at) values (20, $1, now())', [price + cents]),
  );

/** Which orders of this test are there; -1 stands for one that is damaged. */
const ordersThere = () =>
  inSession(book.serviceUrl, async (client) => {
    const { rows } = await client.query<{ cents: number }>(
      'select cents from orders where cents > $1 or cents < 0 order by cents',
      [price],
    );
    return rows.map(({ cents }) => Math.max(-1, cents - price));
  });

/** So long apart that a search to a second tells them apart, on any machine. */
const aWhile = () => sleep(1_500);

const damageBetween = async (before: number, after: number): Promise<void> => {
  await orderFor(before);
  await aWhile();
  await damageOrders(book.serviceUrl);
  await orderFor(after);
};

const finish = async (): Promise<void> => {
  for (const operation of ['validate', 'switchOver', 'resumeWrites'] as const)
    expect(await run(operation)).toMatchObject({ status: 'succeeded' });
};

test('the data stands again as it did just before the damage, and nothing else of the server is touched', async () => {
  await inSession(book.postgres.url, (client) => client.query('create table elsewhere as select 1 as one'));
  await damageBetween(1, 2);
  await inSession(book.postgres.url, (client) => client.query('insert into elsewhere values (2)'));

  const results = [];
  for (const operation of recovery) results.push(await run(operation));
  expect(results.map(({ status, summary }) => [status, summary])).toEqual([
    ['succeeded', expect.any(String)],
    ['succeeded', expect.stringContaining('rows damaged')],
    ['succeeded', expect.stringMatching(/2 of 2 backups intact; the newest, archived WAL on sunday, reaches to/)],
    [
      'succeeded',
      expect.stringMatching(/archived WAL on sunday to \S+Z: [\d.ms ]+ of what was written is lost, \d+ orders?$/),
    ],
    ['succeeded', expect.stringContaining('is sound: 651 rows')],
    ['succeeded', expect.any(String)],
    ['succeeded', expect.stringContaining('on data validated from archived WAL on sunday')],
    ['succeeded', 'all of 2 checks hold'],
  ]);
  expect(await ordersThere()).toEqual([1]);
  const { rowCount } = await inSession(book.postgres.url, (client) => client.query('select from elsewhere'));
  expect(rowCount).toBe(2);
  expect(await readdir(book.scratch)).toEqual([]);
}, 240_000);

test('a person may name the moment to go back to', async () => {
  await orderFor(1);
  await aWhile();
  const moment = new Date().toISOString();
  await aWhile();
  await damageBetween(2, 3);
  await run('stopWrites');
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString();

  expect(await run('restore', { parameters: { moment: tomorrow } })).toMatchObject({
    status: 'uncertain',
    summary: expect.stringContaining('writes stopped before'),
  });
  expect(await run('restore', { parameters: { moment } })).toMatchObject({
    status: 'succeeded',
    summary: expect.stringContaining(`to ${moment}`),
  });
  await finish();
  expect(await ordersThere()).toEqual([1]);
}, 240_000);

test('a base backup that is damaged, or was made after the damage, gives way to an older one', async () => {
  await orderFor(1);
  const monday = await book.backUpServer('monday');
  await book.damageFile(join(monday, 'global', 'pg_filenode.map'));
  await damageBetween(2, 3);
  // A base backup tells the second in which it was begun.
  await sleep(1_000);
  await book.backUpServer('tuesday');
  await run('stopWrites');

  expect((await run('listBackups')).output).toMatch(/intact +base backup tuesday/);
  const restored = await run('restore');
  expect(restored).toMatchObject({ status: 'succeeded', summary: expect.stringContaining('on sunday to') });
  expect(restored.output).toContain('tuesday holds the damage already');
  expect(restored.output).toMatch(/monday is not what was backed up: .*pg_filenode\.map/);
  await finish();
  expect(await ordersThere()).toEqual([1, 2]);
}, 240_000);

test('where WAL is missing, the newest moment before the gap is taken, and it is said what is lost', async () => {
  await orderFor(1);
  await inSession(book.postgres.url, (client) => client.query('select pg_switch_wal()'));
  await aWhile();
  await damageBetween(2, 3);
  await run('stopWrites');
  await run('listBackups');
  const segments = (await readdir(book.archive)).filter((name) => /^[0-9A-F]{24}$/.test(name)).sort();
  await rm(join(book.archive, segments.at(-1) ?? ''));
  // What is archived next lies behind the gap.
  await inSession(book.postgres.url, (client) => client.query('select txid_current()'));

  const restored = await run('restore');
  expect(restored).toMatchObject({ status: 'succeeded', summary: expect.stringContaining('on sunday to') });
  expect(restored.recovery?.lostMs).toBeGreaterThan(1_500);
  await finish();
  expect(await ordersThere()).not.toContain(2);
}, 240_000);

test('what an attempt that was cut off has left is cleared away by the next', async () => {
  await damageBetween(1, 2);
  await run('stopWrites');
  const stop = new AbortController();
  const first = run('restore', { signal: stop.signal });
  await sleep(1_500);
  stop.abort();
  expect(await first).toMatchObject({ status: 'uncertain' });
  const before = await databasesOf(book);

  expect(await run('restore')).toMatchObject({ status: 'succeeded' });
  expect(await readdir(book.scratch)).toEqual([]);
  expect(await databasesOf(book)).toHaveLength(before.length + 1);
  await finish();
  expect(await ordersThere()).toEqual([1]);
}, 240_000);

test('where the archive cannot be used, it is said in words why, and the newest dump is taken', async () => {
  await damageBetween(1, 2);
  await run('stopWrites');
  const { baseBackups, archive, scratch, folder } = book;
  const listed = async (wal: object) => {
    const database = { backups: { folder, wal: { baseBackups, archive, scratch, ...wal } } };
    return (await run('listBackups', { database })).summary;
  };
  const empty = join(folder, 'empty');
  await mkdir(empty);

  expect(await listed({ archive: '/no/such/archive' })).toMatch(
    /nightly\.dump, is .*archived WAL cannot be used: .*\/no\/such\/archive/,
  );
  expect(await listed({ baseBackups: empty })).toContain(`cannot be used: there is no base backup in ${empty}`);
  await writeFile(join(baseBackups, 'sunday', 'PG_VERSION'), '9\n');
  expect(await listed({})).toMatch(
    /sunday: a PostgreSQL 9 server is neither on the worker's PATH nor under .* \(found/,
  );
  expect(await run('restore')).toMatchObject({ status: 'succeeded', recovery: { backup: 'nightly.dump' } });
  await finish();
}, 240_000);
