import { afterAll, beforeAll, expect, test } from '@jest/globals';
import getPort from 'get-port';
import { tmpdir } from 'node:os';
import { openStore } from '../../src/store/openStore.js';
import type { Change } from '../../src/store/store.js';
import { startPostgres } from '../support/parts.js';
import { crisis, noted, numbered, projection } from './support/crises.js';
import { createDatabase } from './support/databases.js';
import { layLine } from './support/relay.js';

let server: Awaited<ReturnType<typeof startPostgres>>;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const open = (databaseUrl: string) => openStore({ databaseUrl, dataDir: tmpdir() });

const within = async (limitMs: number, work: () => Promise<unknown>) => {
  const startedAt = performance.now();
  await expect(work()).rejects.toThrow(/^the database: ./);
  expect(performance.now() - startedAt).toBeLessThan(limitMs);
};

/** Repeats the question until the answer is welcome; jest's own limit ends a hopeless one. */
const until = async (ask: () => Promise<boolean>): Promise<void> => {
  while (!(await ask())) await new Promise((resolve) => setTimeout(resolve, 50));
};

test('migrates an empty database once when four processes start at the same time', async () => {
  const url = await createDatabase(server.url, 'crowded');

  const stores = await Promise.all([open(url), open(url), open(url), open(url)]);
  await Promise.all(stores.map((store, n) => store.project(projection(crisis({ crisisId: `c${n}` })))));

  expect(await stores[0].crises({})).toHaveLength(4);
  await Promise.all(stores.map((store) => store.close()));
});

test('takes the same crisis from many workers at once without locking them out', async () => {
  const store = await open(await createDatabase(server.url, 'busy'));
  const projections = Array.from({ length: 8 }, (_, n) =>
    projection(
      crisis({ crisisId: 'busy', seq: n + 1 }),
      numbered(0, ...Array.from({ length: n + 1 }, () => noted('x'))),
    ),
  );

  await Promise.all([...projections, ...projections].map((each) => store.project(each)));

  expect((await store.crisis('busy'))?.crisis.seq).toBe(8);
  expect(await store.timeline('busy')).toHaveLength(8);
  await store.close();
});

test('tells the API of what a worker has projected', async () => {
  const url = await createDatabase(server.url, 'two');
  const [api, worker] = await Promise.all([open(url), open(url)]);
  const told: Change[] = [];
  api.subscribe((change) => told.push(change));

  let seq = 0;
  await until(async () => {
    await worker.project(projection(crisis({ crisisId: 'seen', seq: ++seq })));
    return told.length > 0;
  });

  expect(told[0]).toMatchObject({ crisisId: 'seen' });
  await Promise.all([api.close(), worker.close()]);
});

test('answers within three seconds when nobody listens at the address', async () => {
  const port = await getPort();
  await within(3_000, () => open(`postgresql://firebreak@127.0.0.1:${port}/x`));
});

test('answers within three seconds when the server takes the connection and stays silent', async () => {
  const line = await layLine(server.url);
  line.silence();

  await within(3_000, () => open(line.url));

  line.close();
});

test('says why a write failed without repeating what was to be written', async () => {
  const store = await open(await createDatabase(server.url, 'terse'));
  const impossible = crisis({ title: 'a secret', seq: 3_000_000_000 });

  const error = await store.project(projection(impossible)).catch((thrown: unknown) => thrown);

  expect(String(error)).toContain('out of range for type integer');
  expect(String(error)).not.toContain('a secret');
  await store.close();
});

test('fails at once while the server is away, and goes on when it is back', async () => {
  const line = await layLine(await createDatabase(server.url, 'outage'));
  const store = await open(line.url);
  const told: Change[] = [];
  store.subscribe((change) => told.push(change));
  await store.project(projection(crisis({ crisisId: 'before' })));

  line.cut();
  await within(3_000, () => store.ping());
  await within(3_000, () => store.project(projection(crisis({ crisisId: 'meanwhile' }))));
  await within(3_000, () => store.crises({}));
  line.mend();

  const after = projection(crisis({ crisisId: 'after' }));
  await until(async () => {
    await store.project(after);
    return told.some(({ crisisId }) => crisisId === 'after');
  });
  expect((await store.crisis('before'))?.crisis.crisisId).toBe('before');
  await store.close();
  line.close();
});

test('says within three seconds that a server which went silent cannot be reached, and recovers', async () => {
  const line = await layLine(await createDatabase(server.url, 'silence'));
  const store = await open(line.url);
  await store.ping();

  line.silence();
  await within(3_000, () => store.ping());
  await within(8_000, () => store.project(projection(crisis({ crisisId: 'lost' }))));
  line.mend();

  await store.project(projection(crisis({ crisisId: 'kept' })));
  expect(await store.crisis('kept')).toBeDefined();
  await store.close();
  line.close();
});
