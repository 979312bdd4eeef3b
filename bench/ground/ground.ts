import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import getPort from 'get-port';
import { findTemporal } from '../../scripts/parts/temporal.js';
import { connectTemporal } from '../../scripts/stack/connect.js';
import { startTemporalServer } from '../../scripts/stack/temporalServer.js';
import { startPostgres } from '../../tests/support/parts.js';
import type { Sizes } from '../sizes.js';
import { apiAt } from './api.js';
import { startFirebreak } from './firebreak.js';
import { forked } from './process.js';
import { hastySettings, settings } from './settings.js';
import { startSink } from './sink.js';
import { sweep } from './sweeping.js';

const signingKey = 'a key for measuring, long enough to sign with';

export type Ground = Awaited<ReturnType<typeof layGround>>;

/**
 * All of production on one machine: the development server, PostgreSQL, a worker, an API and a sink, each in a process of
 * its own, and a bare worker beside them on the same server.
 */
export const layGround = async (sizes: Sizes, say: (line: string) => void) => {
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
  const ends: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    const dataDir = await mkdtemp(join(tmpdir(), 'firebreak-bench-'));
    ends.push(() => rm(dataDir, { recursive: true, force: true }));
    const { path } = await findTemporal({ env: process.env, dataDir: '.firebreak', say });
    const [server, postgres, sink] = await Promise.all([
      startTemporalServer({ path, dataDir, port: 0 }),
      startPostgres(),
      startSink(),
    ]);
    ends.push(
      () => server.stop(),
      () => postgres.stop(),
      () => sink.stop(),
    );
    const temporal = await connectTemporal(server.address);
    ends.push(() => temporal.close());
    const [port, hastyPort] = [await getPort(), await getPort()];
    const [url, hastyUrl] = [port, hastyPort].map((one) => `http://127.0.0.1:${one}`) as [string, string];
    const configure = async (name: string, value: unknown): Promise<string> => {
      const file = join(dataDir, name);
      // JSON is YAML.
      await writeFile(file, JSON.stringify(value));
      return file;
    };
    const env = {
      TEMPORAL_ADDRESS: server.address,
      FIREBREAK_DATABASE_URL: postgres.url,
      FIREBREAK_SIGNING_KEY: signingKey,
      FIREBREAK_DATA: dataDir,
      FIREBREAK_PORT: String(port),
      FIREBREAK_CONFIG: await configure('firebreak.yaml', settings(sink.url, url, sizes)),
    };
    const start = (what: 'worker' | 'api', more: Partial<typeof env> = {}) =>
      startFirebreak(what, { ...env, ...more }, join(dataDir, `${what}-${Date.now()}.log`));

    const running = { worker: await start('worker'), api: await start('api') };
    ends.push(
      () => running.worker.stop(),
      () => running.api.stop(),
    );
    const bare = await forked('bareWorker.ts');
    ends.push(() => bare.stop());
    await bare.ask({ address: server.address });

    return {
      api: apiAt(url),
      sink,
      signingKey,
      bare,
      client: temporal.client,
      server,
      postgres,
      workerPid: () => running.worker.pid,
      restartWorker: async () => {
        await running.worker.stop();
        running.worker = await start('worker');
      },
      /** A second API beside the first, which plans its crises in haste. */
      startHastyApi: async () => {
        const config = await configure('hasty.yaml', hastySettings(sink.url, hastyUrl, sizes));
        const hasty = await start('api', { FIREBREAK_CONFIG: config, FIREBREAK_PORT: String(hastyPort) });
        return { ...apiAt(hastyUrl), stop: () => hasty.stop() };
      },
      /** Ends every crisis and forgets every message, so that one measure does not weigh on the next. */
      sweep: async () => {
        await sweep(temporal.client);
        sink.forget();
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};
