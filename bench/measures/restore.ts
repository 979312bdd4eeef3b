import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { backUp } from '../../examples/orders/backup.js';
import { bookName, inSession, layBook, placeOrders, serviceRole } from '../../examples/orders/book.js';
import { findPostgres } from '../../scripts/parts/postgres.js';
import { startThrowAwayPostgres } from '../../scripts/parts/throwAwayPostgres.js';
import { PostgresAction } from '../../src/domain/action.js';
import type { DatabaseOperation } from '../../src/domain/database.js';
import { createKinds } from '../../src/runbooks/kinds.js';
import { clock } from '../ground/clock.js';
import type { Measure } from '../measure.js';

const jobs = 2;
const dayMs = 86_400_000;

const layGround = async (rows: number) => {
  const { binDir } = await findPostgres({ env: process.env, dataDir: '.firebreak', say: () => undefined });
  const postgres = await startThrowAwayPostgres(binDir);
  const folder = await mkdtemp(join(tmpdir(), 'firebreak-restore-'));
  const { serviceUrl } = await layBook(postgres.url, 'only-for-this-measure');
  await placeOrders(serviceUrl, rows, Date.now() - dayMs, Date.now());
  await inSession(serviceUrl, async (client) => {
    await client.query('create index on orders (customer)');
    await client.query('create index on orders (placed_at)');
  });
  const bookUrl = postgres.url.replace(/\/postgres$/, `/${bookName}`);
  const dump = await backUp({ url: bookUrl, binDir, folder, name: 'orders' });
  const sizeMb = await inSession(bookUrl, async (client) => {
    const { rows: found } = await client.query<{ size: string }>('select pg_database_size(current_database()) as size');
    return Number(found[0]?.size) / 1e6;
  });
  const stop = async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { postgres, binDir, folder, dump, sizeMb, stop };
};

type Ground = Awaited<ReturnType<typeof layGround>>;

const ourKind = ({ postgres, binDir, folder }: Ground) => {
  const environment = { ORDERS_ADMIN_URL: postgres.url, PATH: binDir };
  return async (operation: DatabaseOperation, crisis: string): Promise<void> => {
    // A worker of its own each time: one that listed the backups before would not read them again.
    const { postgres: kind } = createKinds({ environment });
    const action = PostgresAction.parse({
      kind: 'postgres',
      title: operation,
      operation,
      timeoutMs: '10m',
      database: {
        connection: 'ORDERS_ADMIN_URL',
        name: bookName,
        serviceRoles: [serviceRole],
        backups: { folder },
        checks: [{ title: 'orders', sql: 'select count(*) > 0 from orders', expect: true }],
        jobs,
      },
    });
    const signal = new AbortController().signal;
    const result = await kind.run(action, {}, { key: `${crisis}/run`, signal, progress: () => undefined });
    if (result.status !== 'succeeded') throw new Error(`${operation}: ${result.summary}`);
  };
};

const dropRestored = ({ postgres }: Ground): Promise<void> =>
  inSession(postgres.url, async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      `select datname from pg_database where datname ~ '_firebreak_|^bare$'`,
    );
    for (const { datname } of rows) await client.query(`drop database ${datname}`);
    await client.query('checkpoint');
  });

const restoreBare = async ({ postgres, binDir, dump }: Ground): Promise<void> => {
  await inSession(postgres.url, (client) => client.query('create database bare template template0'));
  const url = postgres.url.replace(/\/postgres$/, '/bare');
  await execa(join(binDir, 'pg_restore'), ['--jobs', String(jobs), '--exit-on-error', '--dbname', url, dump]);
};

const timed = async (work: () => Promise<void>): Promise<number> => {
  const began = clock();
  await work();
  return (clock() - began) / 1_000;
};

/** How fast a backup is restored, with all that is looked at before and marked after, beside pg_restore by itself. */
export const measureRestore: Measure = {
  name: 'restore',
  run: async ({ sizes: { restore } }) => {
    const ground = await layGround(restore.rows);
    try {
      const run = ourKind(ground);
      await run('stopWrites', 'bench');
      const ours: number[] = [];
      const bare: number[] = [];
      for (let nth = 0; nth <= restore.runs; nth++) {
        const seconds = { bare: await timed(() => restoreBare(ground)), ours: 0 };
        await dropRestored(ground);
        seconds.ours = await timed(() => run('restore', 'bench'));
        await dropRestored(ground);
        // The first of both warms up.
        if (nth === 0) continue;
        bare.push(ground.sizeMb / seconds.bare);
        ours.push(ground.sizeMb / seconds.ours);
      }
      const median = bare.toSorted((a, b) => a - b)[Math.floor(bare.length / 2)];
      return [
        {
          name: 'restore of a backup',
          unit: 'MB/s',
          samples: ours,
          baseline: median,
          goal: { says: '≥ 0.9 of pg_restore', holds: (_, ratio) => ratio !== undefined && ratio >= 0.9 },
          note: `${restore.rows.toLocaleString('en-GB')} orders, ${ground.sizeMb.toFixed(0)} MB with indices, ${jobs} jobs; checksum and marks included`,
        },
      ];
    } finally {
      await ground.stop();
    }
  },
};
