import { expect, test } from '@jest/globals';
import type { ApiKey } from '../../src/domain/apiKey.js';
import type { ApiKeys } from '../../src/domain/authenticate.js';
import { keepKeys } from '../../src/store/keptKeys.js';
import { until } from '../support/until.js';

const keyCalled = (id: string): ApiKey => ({
  id,
  label: id,
  holder: { kind: 'person', id: 'ana' },
  scopes: ['crises:command'],
  secretHash: 'hash',
  lastFour: 'abcd',
  createdAt: 0,
  createdBy: 'admin',
  expiresAt: 1_000_000,
  loopbackOnly: false,
});

/** A database that counts how often it is asked, and goes away when told. */
const world = (...held: ApiKey[]) => {
  const database = { rows: held, isUp: true, asked: 0, nowMs: 0 };
  const keys: ApiKeys = {
    list: () => {
      database.asked++;
      return database.isUp ? Promise.resolve(database.rows) : Promise.reject(new Error('the database: gone'));
    },
    find: () => Promise.reject(new Error('never asked key by key')),
    keep: (key) => Promise.resolve(void database.rows.push(key)),
    revoke: (id, at) => {
      database.rows = database.rows.map((key) => (key.id === id ? { ...key, revokedAt: at } : key));
      return Promise.resolve(true);
    },
  };
  return { database, kept: keepKeys({ keys: () => keys, local: keyCalled('local'), now: () => database.nowMs }) };
};

test('a key is known without asking the database again, also while that is down', async () => {
  const { database, kept } = world(keyCalled('one'));
  expect(await kept.find('one')).toMatchObject({ id: 'one' });
  database.isUp = false;
  database.nowMs = 3_600_000;

  expect(await kept.find('one')).toMatchObject({ id: 'one' });
  expect(await kept.find('two')).toBeUndefined();
});

test('what was never read cannot be known, except for the administrator of this machine', async () => {
  const { database, kept } = world();
  database.isUp = false;

  await expect(kept.find('one')).rejects.toThrow('the database: gone');
  expect(await kept.find('local')).toMatchObject({ id: 'local' });
});

test('trying unknown keys asks the database once a second at most', async () => {
  const { database, kept } = world(keyCalled('one'));
  await kept.find('one');
  await Promise.all(Array.from({ length: 50 }, (_, nth) => kept.find(`guess-${nth}`)));

  expect(database.asked).toBe(2);
});

test('a key that another process has just made is known, though the database was asked a moment before', async () => {
  const { database, kept } = world(keyCalled('one'));
  await kept.find('one');
  database.rows.push(keyCalled('new'));

  expect(await kept.find('new')).toMatchObject({ id: 'new' });
});

test('a key that another process revoked is known as such within seconds', async () => {
  const { database, kept } = world(keyCalled('one'));
  await kept.find('one');
  database.rows = [{ ...keyCalled('one'), revokedAt: 5 }];
  database.nowMs = 6_000;

  await until('the revocation', async () => (await kept.find('one'))?.revokedAt === 5);
});

test('a key made or revoked here is known at once', async () => {
  const { kept } = world();
  await kept.keep(keyCalled('new'));
  expect(await kept.find('new')).toMatchObject({ id: 'new' });
  await kept.revoke('new', 7);
  expect(await kept.find('new')).toMatchObject({ revokedAt: 7 });
});
