import { expect, test } from '@jest/globals';
import { Database, databaseOperations } from '../../src/domain/database.js';
import { databaseAction, withDatabase } from '../../src/domain/databaseActions.js';
import { checkParameters } from '../../src/domain/parameters.js';
import { dataLoss } from '../../src/playbooks/dataLoss.js';
import { settingsFor } from '../support/settings.js';

const orders = {
  connection: 'ORDERS_ADMIN_URL',
  name: 'orders',
  serviceRoles: ['orders_app'],
  backups: { folder: '/var/backups' },
  checks: [{ title: 'orders', sql: 'select 1' }],
};
const settings = settingsFor({ smtp: 25, more: { databases: { orders } } });
const shop = settings.services['shop']!;

test('a database fills every slot of the recovery, each with an action that takes the step’s parameters', () => {
  const { actions, slots } = withDatabase(settings, { ...shop, database: 'orders' });

  expect(Object.keys(slots)).toEqual([...databaseOperations]);
  for (const { slot, parameters } of dataLoss.procedures['recover']?.steps ?? []) {
    const action = actions[slots[slot] ?? ''];
    expect(action).toMatchObject({ kind: 'postgres', operation: slot, idempotent: true });
    expect(checkParameters(action?.parameters ?? {}, parameters)).toHaveProperty('values');
  }
});

test('with archived WAL a person may name the moment to go back to, and without it nobody can', () => {
  const wal = { baseBackups: '/var/backups/base', archive: '/var/backups/wal' };
  const parameters = (backups: object) => {
    const databases = { orders: { ...orders, backups: { ...orders.backups, ...backups } } };
    return databaseAction(settingsFor({ smtp: 25, more: { databases } }), 'orders', 'restore')?.parameters ?? {};
  };

  expect(checkParameters(parameters({ wal }), { moment: '2026-03-02T02:57:30+01:00' })).toEqual({
    values: { older: 0, moment: '2026-03-02T02:57:30+01:00' },
  });
  expect(checkParameters(parameters({ wal }), { older: 1 })).toEqual({ values: { older: 1, moment: '' } });
  expect(checkParameters(parameters({ wal }), { moment: 'three minutes ago' })).toHaveProperty('fault');
  expect(checkParameters(parameters({}), { moment: '2026-03-02T02:57:30Z' })).toHaveProperty('fault');
});

test('what only looks, or restores beside, needs no approval; what people would notice does', () => {
  const { actions } = withDatabase(settings, { ...shop, database: 'orders' });
  const risky = Object.values(actions).flatMap(({ risk, title }) => (risk === 'safe' ? [] : [title]));

  expect(risky).toEqual([
    'Stop writes to orders',
    'Switch over to what was restored of orders',
    'Resume writes to orders',
  ]);
});

test('an action that the configuration names itself stays, and a service without a database gets nothing', () => {
  const own = { ...shop, database: 'orders', slots: { stopWrites: 'orders-assess' } };

  expect(withDatabase(settings, own).slots['stopWrites']).toBe('orders-assess');
  expect(withDatabase(settings, shop)).toEqual({ actions: settings.actions, slots: shop.slots });
});

test('an address in the place of a variable’s name is refused without being repeated', () => {
  const { error } = Database.safeParse({ ...orders, connection: 'postgresql://admin:hunter2@db/orders' });

  expect(error?.message).toContain('expected the name of an environment variable');
  expect(error?.message).not.toContain('hunter2');
});

test('a database without a single check is refused, since nothing could be validated', () => {
  expect(Database.safeParse({ ...orders, checks: [] }).success).toBe(false);
});
