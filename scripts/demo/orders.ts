import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { backUp, damageFile } from '../../examples/orders/backup.js';
import { bookName, damageOrders, layBook, placeOrders } from '../../examples/orders/book.js';
import { findPostgres } from '../parts/postgres.js';
import { startThrowAwayPostgres } from '../parts/throwAwayPostgres.js';
import type { Say } from '../stack/say.js';
import { until } from './watching.js';

export type Orders = {
  url: string;
  /** What the service answers, and how many orders it has, and how many of these have lost their price. */
  order: () => Promise<{ ok: boolean; said: string }>;
  count: () => Promise<{ orders: number; withoutPrice: number }>;
  /** A faulty release; answers how many orders it hit. */
  release: () => Promise<number>;
  /** A dump that seems to be so old; `after` the faulty release it holds the damage too. */
  backUp: (name: string, minutesAgo: number) => Promise<string>;
  damageFile: (path: string) => Promise<void>;
  /** Somebody orders all the time from now on; answers how many orders went through and how many were refused. */
  keepOrdering: () => { taken: number; refused: number };
  stop: () => Promise<void>;
};

const minuteMs = 60_000;
const orderEveryMs = 100;

/** Orders of the last four hours, the newest a few minutes old. */
const placed = [
  { count: 4_000, from: 240, to: 95 },
  { count: 2_000, from: 95, to: 31 },
  { count: 900, from: 31, to: 3 },
] as const;

/** Starts the example of a service with a database: a real PostgreSQL, the service as a process of its own, its backups. */
export const startOrders = async (folder: string, dataDir: string, say: Say): Promise<Orders> => {
  const { binDir } = await findPostgres({ env: process.env, dataDir, say });
  const postgres = await startThrowAwayPostgres(binDir);
  const stopping = new AbortController();
  const backups = join(folder, 'backups');
  await mkdir(backups, { recursive: true });
  const { adminUrl, serviceUrl } = await layBook(postgres.url, 'only-for-this-demo');
  const bookUrl = postgres.url.replace(/\/postgres$/, `/${bookName}`);
  Object.assign(process.env, { ORDERS_ADMIN_URL: adminUrl, ORDERS_URL: serviceUrl, ORDERS_BACKUPS: backups });
  // Its programs are found there by whoever restores.
  process.env['PATH'] = `${process.env['PATH'] ?? ''}:${binDir}`;
  const startedAt = Date.now();
  for (const { count, from, to } of placed)
    await placeOrders(serviceUrl, count, startedAt - from * minuteMs, startedAt - to * minuteMs);

  const urlFile = join(folder, 'orders.url');
  const server = execa(process.execPath, ['--import', 'tsx', 'examples/orders/server.ts', '--url', urlFile], {
    reject: false,
    cancelSignal: stopping.signal,
    forceKillAfterDelay: 3_000,
    all: true,
  });
  const url = (
    await until('the orders service to start', () => readFile(urlFile, 'utf8').catch(() => undefined), 30_000)
  ).trim();
  const order = async () => {
    const answer = await fetch(`${url}/orders`, { method: 'POST', signal: AbortSignal.timeout(5_000) });
    return { ok: answer.ok, said: `HTTP ${answer.status} ${await answer.text()}` };
  };
  const ordering: Promise<void>[] = [];

  return {
    url,
    order,
    count: async () => {
      const answer = await fetch(`${url}/orders`, { signal: AbortSignal.timeout(5_000) });
      return (await answer.json()) as { orders: number; withoutPrice: number };
    },
    release: () => damageOrders(serviceUrl),
    backUp: (name, minutesAgo) =>
      backUp({ url: bookUrl, binDir, folder: backups, name, at: startedAt - minutesAgo * minuteMs }),
    damageFile,
    keepOrdering: () => {
      const tally = { taken: 0, refused: 0 };
      const run = async (): Promise<void> => {
        while (!stopping.signal.aborted) {
          const { ok } = await order().catch(() => ({ ok: false }));
          tally[ok ? 'taken' : 'refused'] += 1;
          await sleep(orderEveryMs);
        }
      };
      ordering.push(run());
      return tally;
    },
    stop: async () => {
      stopping.abort();
      await Promise.all(ordering);
      await server;
      await postgres.stop();
    },
  };
};
