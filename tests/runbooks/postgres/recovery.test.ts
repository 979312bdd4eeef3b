import { readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { DatabaseOperation } from '../../../src/domain/database.js';
import { countOrders, damageOrders, inSession } from '../../../examples/orders/book.js';
import { layOrderBook, recovery, type OrderBook } from '../../support/orderBook.js';
import { databasesOf, operate, type Given } from '../support/operating.js';

let book: OrderBook;
beforeEach(async () => {
  book = await layOrderBook();
  await book.order(600, 180, 90);
  await book.backUp('first', 90);
  await book.order(300, 90, 45);
  await book.backUp('second', 45);
  await book.order(100, 45, 15);
}, 60_000);
afterEach(() => book.stop(), 60_000);

const run = (operation: DatabaseOperation, given?: Given) => operate(book, operation, given);
const required = ({ folder }: OrderBook) => ({ backups: { folder, checksum: 'required' } });
const databases = () => databasesOf(book);

const write = () =>
  inSession(book.serviceUrl, (client) =>
    client.query('insert into orders (customer, cents, placed_at) values (1, 100, now())'),
  ).then(
    () => 'written',
    (error: unknown) => String(error),
  );

test('a damaged database is recovered from the newest backup, and what is lost is counted', async () => {
  const damaged = await damageOrders(book.serviceUrl);
  const results = [];
  for (const operation of recovery) results.push(await run(operation));

  expect(results.map(({ status, summary }) => [status, summary])).toEqual([
    ['succeeded', expect.stringMatching(/a write by the service is refused$/)],
    ['succeeded', expect.stringContaining(`${damaged} rows damaged: 1 of 2 checks failed`)],
    ['succeeded', expect.stringContaining('2 of 2 backups intact; the newest, second.dump, is 45m')],
    ['succeeded', expect.stringMatching(/second\.dump: 45m.* is lost, 100 orders$/)],
    ['succeeded', expect.stringContaining('is sound: 950 rows, all of 2 checks hold')],
    ['succeeded', expect.stringContaining('the damaged data is kept as "orders_damaged_')],
    ['succeeded', expect.stringContaining('are open again, on data validated from second.dump')],
    ['succeeded', 'all of 2 checks hold'],
  ]);
  expect(await countOrders(book.serviceUrl)).toBe(900);
  expect(await write()).toBe('written');
  expect(await databases()).toHaveLength(3);
});

test('every step may run twice', async () => {
  await damageOrders(book.serviceUrl);
  for (const operation of recovery) {
    expect(await run(operation)).toMatchObject({ status: 'succeeded' });
    expect(await run(operation)).toMatchObject({ status: 'succeeded' });
  }
  expect(await countOrders(book.serviceUrl)).toBe(900);
});

test('writes are refused from the first step to the last, whoever tries to reconnect', async () => {
  const refused = 'error: cannot execute INSERT in a read-only transaction';
  await damageOrders(book.serviceUrl);
  await inSession(book.serviceUrl, async (held) => {
    const lost = new Promise((resolve) => held.once('error', resolve));
    await run('stopWrites');
    await lost;
  });
  for (const operation of ['restore', 'validate', 'switchOver'] as const) {
    expect(await write()).toBe(refused);
    await run(operation);
  }
  expect(await write()).toBe(refused);
  await run('resumeWrites');
  expect(await write()).toBe('written');
});

test('writes never resume on what has not been validated in this crisis', async () => {
  await damageOrders(book.serviceUrl);
  await run('stopWrites');
  expect(await run('resumeWrites')).toMatchObject({
    status: 'failed',
    summary: expect.stringContaining('not been validated'),
  });
  await run('restore');
  expect(await run('switchOver')).toMatchObject({
    status: 'failed',
    summary: expect.stringContaining('nothing has been validated'),
  });
  expect(await run('resumeWrites')).toMatchObject({ status: 'failed' });
  await run('validate');
  expect(await run('resumeWrites')).toMatchObject({ status: 'failed' });
  await run('switchOver');
  expect(await run('resumeWrites', { crisis: 'C-2' })).toMatchObject({ status: 'failed' });
  expect(await run('resumeWrites')).toMatchObject({ status: 'succeeded' });

  await damageOrders(book.serviceUrl);
  await run('stopWrites', { crisis: 'C-2' });
  expect(await run('resumeWrites', { crisis: 'C-2' })).toMatchObject({ status: 'failed' });
});

test('once writes are open again, nothing is switched over what was written since', async () => {
  await damageOrders(book.serviceUrl);
  for (const operation of recovery) await run(operation);
  await write();
  expect(await run('restore')).toMatchObject({ status: 'succeeded' });
  await run('validate');
  expect(await run('switchOver')).toMatchObject({
    status: 'failed',
    summary: expect.stringContaining('are not stopped'),
  });
  expect(await countOrders(book.serviceUrl)).toBe(901);
});

test('somebody may look while a restoration runs', async () => {
  await damageOrders(book.serviceUrl);
  await run('stopWrites');
  const [restored, listed, assessed] = await Promise.all([run('restore'), run('listBackups'), run('assess')]);
  expect([restored, listed, assessed].map(({ status }) => status)).toEqual(['succeeded', 'succeeded', 'succeeded']);
});

test('an attempt that was given up is ended by the next one of the same run', async () => {
  await damageOrders(book.serviceUrl);
  await run('stopWrites');
  const attempts = await Promise.all([run('restore'), run('restore')]);
  expect(attempts.map(({ status }) => status)).toContain('succeeded');
  expect(await run('validate')).toMatchObject({ status: 'succeeded' });
});

test('a dump whose bytes have changed is known by its checksum and passed over', async () => {
  await book.damageFile(`${book.folder}/second.dump`);
  await damageOrders(book.serviceUrl);
  await run('stopWrites');

  expect((await run('listBackups')).summary).toMatch(/1 of 2 backups intact.*second\.dump is damaged: its checksum/);
  expect(await run('restore')).toMatchObject({
    status: 'succeeded',
    recovery: { backup: 'first.dump', lostRows: 400 },
  });
});

test('a dump that is a folder is listed, held against the sums of all its files, and restored with jobs', async () => {
  await book.backUp('third', 20, 'directory');
  await book.backUp('fourth', 10, 'directory');
  await writeFile(join(book.folder, 'fourth.dump', 'left-over.dat'), 'nobody knows whose this is');
  await book.backUp('fifth', 5, 'directory');
  const [data = ''] = (await readdir(join(book.folder, 'fifth.dump'))).filter((name) => name.endsWith('.dat.gz'));
  await book.damageFile(join(book.folder, 'fifth.dump', data));
  await book.backUp('sixth', 2, 'directory');
  await rm(join(book.folder, 'sixth.dump', 'toc.dat'));
  await damageOrders(book.serviceUrl);
  await run('stopWrites');

  const { summary, output } = await run('listBackups');
  expect(summary).toMatch(/^2 of 5 backups intact; the newest, third\.dump, is 20m/);
  expect(summary).toContain('fourth.dump is damaged: left-over.dat is in it and has no checksum');
  expect(summary).toContain(`fifth.dump is damaged: the checksum of ${data} is another than noted`);
  expect(summary).toContain('sixth.dump is damaged: it was never finished');
  expect(output).toMatch(/intact +third\.dump/);
  expect(await run('restore')).toMatchObject({ status: 'succeeded', recovery: { backup: 'third.dump' } });
  expect((await run('validate')).summary).toContain('is sound: 1050 rows');
});

test('a folder without a sum is restored too, and one that lacks the data of a table is passed over', async () => {
  const path = await book.backUp('third', 20, 'directory');
  await rm(`${path}.sha256`);
  await damageOrders(book.serviceUrl);
  await run('stopWrites');
  expect(await run('listBackups', { database: required(book) })).toMatchObject({
    summary: expect.stringContaining('third.dump is damaged: there is no checksum'),
  });
  const [data = ''] = (await readdir(path)).filter((name) => name.endsWith('.dat.gz'));
  await rename(join(path, data), join(path, 'elsewhere'));

  expect((await run('listBackups')).summary).toMatch(/third\.dump is damaged: the data of one of its tables, \d+\.dat/);
  await rename(join(path, 'elsewhere'), join(path, data));
  expect(await run('restore')).toMatchObject({ status: 'succeeded', recovery: { backup: 'third.dump' } });
});

test('a dump that cannot be restored says what the next older one would cost', async () => {
  await book.damageFile(`${book.folder}/second.dump`);
  await rm(`${book.folder}/second.dump.sha256`);
  await damageOrders(book.serviceUrl);
  await run('stopWrites');

  const result = await run('restore');
  expect(result).toMatchObject({ status: 'failed', recovery: { backup: 'second.dump' } });
  expect(Math.round((result.recovery?.olderLostMs ?? 0) / 60_000)).toBe(90);
  expect(await run('restore', { parameters: { older: 1 } })).toMatchObject({ status: 'succeeded' });
  expect(await databases()).toHaveLength(3);
});

test('a backup made after the damage does not pass, and is never switched to', async () => {
  await damageOrders(book.serviceUrl);
  await book.backUp('third', 5);
  await run('stopWrites');
  await run('restore');

  expect(await run('validate')).toMatchObject({
    status: 'failed',
    summary: expect.stringContaining('third.dump is not sound: 1 of 2 checks failed'),
  });
  expect(await run('validate')).toMatchObject({
    status: 'failed',
    summary: expect.stringContaining('third.dump is not sound'),
  });
  expect(await run('switchOver')).toMatchObject({ status: 'failed' });
  await run('restore', { parameters: { older: 1 } });
  expect(await run('validate')).toMatchObject({ status: 'succeeded' });
});

test('rows that are not those of the dump are found', async () => {
  await damageOrders(book.serviceUrl);
  await run('stopWrites');
  await run('restore');
  const fresh = (await databases()).find((name) => name.includes('_firebreak_')) ?? '';
  await inSession(book.postgres.url.replace(/\/postgres$/, `/${fresh}`), async (client) => {
    await client.query('set default_transaction_read_only = off');
    await client.query('update orders set cents = cents + 1 where id = 7');
  });

  expect(await run('validate')).toMatchObject({
    status: 'failed',
    summary: expect.stringContaining('public.orders has another checksum than when it was dumped'),
  });
});

test('where no check finds damage, nothing is recovered, and what is there can be validated and opened', async () => {
  await run('stopWrites');
  expect(await run('assess')).toMatchObject({ status: 'failed', summary: expect.stringContaining('finds any damage') });
  expect(await run('validate', { parameters: { of: 'live' } })).toMatchObject({ status: 'succeeded' });
  expect(await run('resumeWrites')).toMatchObject({ status: 'succeeded' });
  expect(await write()).toBe('written');
});

test('a table that is gone is damage', async () => {
  await inSession(book.serviceUrl, (client) => client.query('drop table orders'));
  await run('stopWrites');
  expect((await run('assess')).summary).toContain('relation "orders" does not exist');
});

test('no password is in what it says, and what is missing is named', async () => {
  const results = [];
  for (const operation of recovery) results.push(await run(operation));
  expect(JSON.stringify(results)).not.toContain(book.password);

  const nowhere = await run('stopWrites', { database: { connection: 'NO_SUCH_VARIABLE' } });
  expect(nowhere).toMatchObject({ status: 'failed', summary: 'the environment variable NO_SUCH_VARIABLE is not set' });
  const folder = await run('listBackups', { database: { backups: { folder: '/no/such/folder' } } });
  expect(folder.summary).toContain('/no/such/folder');
});

test('a crisis does not disturb another that works on the same database', async () => {
  await damageOrders(book.serviceUrl);
  await run('stopWrites');
  const [restoring, other] = [run('restore'), run('stopWrites', { crisis: 'C-2' })];
  const ended = [await restoring, await other];
  expect(ended.filter(({ status }) => status === 'succeeded').length).toBeGreaterThan(0);
  expect(JSON.stringify(ended)).not.toContain('terminated');
});
