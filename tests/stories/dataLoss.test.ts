import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, afterEach, expect, test } from '@jest/globals';
import { countOrders, damageOrders, inSession } from '../../examples/orders/book.js';
import { dataLoss } from '../../src/playbooks/dataLoss.js';
import { keepOrdering } from '../support/customer.js';
import { layOrderBook, recovery, type OrderBook } from '../support/orderBook.js';
import { settingsFor, soon } from '../support/settings.js';
import { startStand, type Stand } from '../support/stand.js';
import { beginStory } from '../support/story.js';

let stand: Stand;
let book: OrderBook;
beforeAll(async () => {
  stand = await startStand(settingsFor);
}, 120_000);
afterAll(() => stand.stop(), 30_000);
afterEach(() => book.stop(), 30_000);

const layBook = async (wanted?: { archives: boolean }): Promise<void> => {
  book = await layOrderBook(wanted);
  const { ORDERS_ADMIN_URL, ORDERS_URL, PATH } = book.environment;
  Object.assign(process.env, { ORDERS_ADMIN_URL, ORDERS_URL, PATH });
};

const beginRecovery = (database: object = {}) => {
  const story = beginStory(stand, {
    service: { database: 'orders' },
    more: {
      databases: { orders: book.database(database) },
      playbooks: { dataLoss: { ...dataLoss, regressionWatchMs: soon } },
    },
  });
  return {
    ...story,
    report: () =>
      story.alert({ dedupKey: 'PriceMissing', summary: 'orders without a price', facts: { dataLoss: true } }),
  };
};

test('corrupted data is recovered from the second of three dumps, the newest being damaged, and writes are refused meanwhile', async () => {
  await layBook();
  await book.order(600, 180, 90);
  await book.backUp('one', 90);
  // A little more than 31 minutes, since a whole number is said without seconds.
  await book.order(300, 90, 31.2);
  await book.backUp('two', 31.2);
  await book.order(100, 31.2, 5);
  await book.damageFile(await book.backUp('three', 5));
  const damaged = await damageOrders(book.serviceUrl);
  const customer = keepOrdering(book.serviceUrl);

  const story = beginRecovery();
  await story.report();
  const { crisisId, procedures } = await story.when('the recovery', ({ status }) => status === 'mitigated');
  expect(procedures['recover']).toMatchObject({ status: 'succeeded', recovery: { backup: 'two.dump' } });
  await sleep(500);
  await customer.stop();

  const ended = (await story.eventsOf('actionEnded')).filter(({ context }) => context.as === 'procedure');
  expect(ended.map(({ action }) => action)).toEqual(recovery.map((operation) => `orders-${operation}`));
  const said = ended.map(({ result }) => result.summary);
  expect(said[1]).toContain(`${damaged} rows damaged`);
  expect(said[2]).toMatch(/2 of 3 backups intact; the newest, two\.dump, .*three\.dump is damaged/);
  expect(said[3]).toMatch(/two\.dump: 31m .* is lost, 1\d\d orders/);

  const [stopped, resumed] = [ended[0]!.result.endedAt, ended[6]!.result.startedAt];
  const meanwhile = customer.tries.filter(({ at }) => at > stopped && at < resumed);
  expect(meanwhile.length).toBeGreaterThan(5);
  expect(meanwhile.filter(({ came }) => came === 'written')).toEqual([]);
  expect(customer.tries.at(-1)?.came).toBe('written');
  expect(await countOrders(book.serviceUrl)).toBeGreaterThan(900);
  const sick = await inSession(book.serviceUrl, (client) => client.query('select from orders where cents < 0'));
  expect(sick.rowCount).toBe(0);

  await story.command('acknowledge', { by: 'ana' });
  await story.command('resolve', { by: 'ana', reason: 'the data is sound' });
  const { postmortem } = await story.archived(crisisId);
  expect(postmortem).toMatch(/Data lost.*31m .* of what was written, 1\d\d rows; restored from two.*dump/);
  expect(JSON.stringify(await story.events())).not.toContain(book.password);
}, 120_000);

test('where WAL is archived, only what came after the damage is lost, and not the half hour since the last dump', async () => {
  await layBook({ archives: true });
  await book.order(600, 180, 40);
  await book.backUp('nightly', 40);
  await book.backUpServer('sunday');
  const customer = keepOrdering(book.serviceUrl);
  await sleep(3_000);
  const ordered = customer.tries.length;
  await sleep(1_500);
  await damageOrders(book.serviceUrl);

  const story = beginRecovery();
  await story.report();
  const { crisisId, procedures } = await story.when('the recovery', ({ status }) => status === 'mitigated');
  await customer.stop();

  const { recovery: came } = procedures['recover'] ?? {};
  expect(came).toMatchObject({
    backup: expect.stringContaining('archived WAL on sunday to'),
    olderLostMs: expect.any(Number),
  });
  expect(came?.olderLostMs).toBeGreaterThan(39 * 60_000);
  expect(await countOrders(book.serviceUrl)).toBeGreaterThanOrEqual(600 + ordered);
  const said = (await story.eventsOf('procedureEnded')).find(({ procedure }) => procedure === 'recover')?.reason;
  expect(said).toMatch(/restored from archived WAL on sunday to \S+Z, \S+ of what was written \(\d+ rows?\) is lost/);

  await story.command('acknowledge', { by: 'ana' });
  await story.command('resolve', { by: 'ana', reason: 'the data is sound' });
  const { postmortem } = await story.archived(crisisId);
  expect(postmortem).toMatch(/Data lost.*archived WAL on sunday/);
}, 240_000);

test('when no backup is sound, writes stay stopped, the commander is called and management told', async () => {
  await layBook();
  await book.order(50, 90, 60);
  await damageOrders(book.serviceUrl);
  await book.backUp('one', 40);
  await book.backUp('two', 20);

  const story = beginRecovery();
  await story.report();
  const { procedures } = await story.when(
    'the question',
    (crisis) => crisis.procedures['recover']?.status === 'asking',
  );
  expect(procedures['recover']?.question).toContain('one.dump is not sound');
  const again = await story.eventsOf('stepAgain');
  expect(again.map(({ value, costsMs }) => [value, Math.round((costsMs ?? 0) / 60_000)])).toEqual([[1, 20]]);
  await story.pageTo('chris');
  expect(await story.eventsOf('managementTold')).not.toHaveLength(0);
  await expect(inSession(book.serviceUrl, (client) => client.query('delete from orders'))).rejects.toThrow(
    'read-only transaction',
  );
}, 120_000);
