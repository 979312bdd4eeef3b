import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { examineBackups } from '../../../scripts/commands/doctor/backups.js';
import { countOrders, damageOrders } from '../../../examples/orders/book.js';
import { layOrderBook, type OrderBook } from '../../support/orderBook.js';
import { settingsFor } from '../../support/settings.js';
import { databasesOf, operate } from '../support/operating.js';

let book: OrderBook;
beforeAll(async () => {
  book = await layOrderBook({ archives: true });
  await book.order(600, 180, 90);
  await book.backUp('nightly', 90);
  await book.backUpServer('sunday');
}, 120_000);
afterAll(() => book.stop(), 60_000);

const doctor = (database: object = {}, rehearsed = false) =>
  examineBackups(settingsFor({ smtp: 25, more: { databases: { orders: book.database(database) } } }), {
    environment: book.environment,
    now: Date.now(),
    rehearsed,
  });

const dumpsOnly = () => ({ backups: { folder: book.folder } });

test('the newest backup is restored, validated and dropped again while people go on working', async () => {
  await book.order(10, 5, 1);
  expect(await operate(book, 'rehearse')).toMatchObject({
    status: 'succeeded',
    summary: expect.stringMatching(
      /^archived WAL on sunday to \S+ was restored and validated in .*, 660 rows, and dropped again; 0ms/,
    ),
  });
  expect(await operate(book, 'rehearse', { database: dumpsOnly() })).toMatchObject({
    status: 'succeeded',
    summary: expect.stringMatching(/^nightly\.dump was restored .*, 650 rows, .*; 1h 30m would have been lost$/),
  });
  expect(await databasesOf(book)).toEqual(['postgres', 'orders']);
  expect(await readdir(book.scratch)).toEqual([]);
  expect(await countOrders(book.serviceUrl)).toBe(610);
}, 120_000);

test('the doctor says how old the newest backup is, and whether it can be restored', async () => {
  expect(await doctor(dumpsOnly(), true)).toEqual([
    { level: 'ok', about: 'backups', message: 'of orders, the newest intact one, nightly.dump, is 1h 30m old' },
    { level: 'ok', about: 'backups', message: expect.stringContaining('of orders, nightly.dump was restored') },
  ]);
  const old = { backups: { folder: book.folder, newestWithinMs: '1h' } };
  expect(await doctor(old)).toMatchObject([{ level: 'warn', message: expect.stringContaining('more than 1h') }]);
  expect(await doctor({ backups: { folder: book.scratch } })).toMatchObject([
    { level: 'fail', message: expect.stringContaining('no newest backup is intact'), todo: expect.any(String) },
  ]);
}, 120_000);

test('a rehearsal in a crisis neither waits for its recovery nor drops what that has restored', async () => {
  const unsound = { checks: [{ title: 'more orders than there are', sql: 'select count(*) from orders', expect: 1 }] };
  await damageOrders(book.serviceUrl);
  await operate(book, 'stopWrites');
  const [restored, rehearsed] = await Promise.all([
    operate(book, 'restore', { database: dumpsOnly() }),
    operate(book, 'rehearse', { database: { ...dumpsOnly(), ...unsound } }),
  ]);
  expect(restored).toMatchObject({ status: 'succeeded' });
  expect(rehearsed).toMatchObject({
    status: 'failed',
    summary: expect.stringContaining('nightly.dump is not sound: 1 of 1 check failed'),
  });
  expect(await operate(book, 'validate', { database: dumpsOnly() })).toMatchObject({ status: 'succeeded' });
}, 120_000);
