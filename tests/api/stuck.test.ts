import { expect, test } from '@jest/globals';
import type { Store } from '../../src/store/store.js';
import { delivery } from '../store/support/crises.js';
import { now, start } from './support/start.js';

const knowing = (asked: unknown[]) =>
  ({
    stuckDeliveries: (before: Date, limit: number) => {
      asked.push([now - before.getTime(), limit]);
      return Promise.resolve([{ crisisId: 'cr-1', delivery: delivery('lost') }]);
    },
  }) as Partial<Store> as Store;

test('messages that are stuck are listed, by how long they may take', async () => {
  const asked: unknown[] = [];
  const { get } = await start({ store: knowing(asked) });
  const answer = await get('/api/v1/deliveries/stuck?olderThanMs=5000&limit=3');
  expect(answer.json()).toMatchObject({ stuck: [{ crisisId: 'cr-1', delivery: { key: 'lost', person: 'ana' } }] });
  await get('/api/v1/deliveries/stuck');
  expect(asked).toEqual([
    [5_000, 3],
    [120_000, 50],
  ]);
});

test('a wrong question is named, and without a database nothing is claimed', async () => {
  const { get } = await start();
  expect((await get('/api/v1/deliveries/stuck?olderThanMs=soon')).statusCode).toBe(422);
  expect((await get('/api/v1/deliveries/stuck')).statusCode).toBe(503);
});
