import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { until } from './watching.js';

const program = (name: string) => ['--import', 'tsx', join('examples', 'shop', `${name}.ts`)];

export type Shop = {
  url: string;
  state: string;
  /** A deployment as anybody would do it, with what it prints. */
  deploy: (version: string) => Promise<string>;
  /** Places a sample order, for real. */
  order: () => Promise<{ ok: boolean; said: string }>;
  version: () => Promise<string>;
  /** The stand-in for Prometheus and Alertmanager begins to watch the shop and to tell `webhook`. */
  watchedBy: (webhook: string) => void;
  stop: () => Promise<void>;
};

const sampleOrder = { country: 'DE', items: [{ product: 'tea', count: 1 }] };

/** Starts the example service as processes of their own. */
export const startShop = async (folder: string): Promise<Shop> => {
  const state = join(folder, 'shop');
  await mkdir(state, { recursive: true });
  const stopping = new AbortController();
  const run = (name: string, ...args: string[]) =>
    execa(process.execPath, [...program(name), ...args], {
      reject: false,
      cancelSignal: stopping.signal,
      gracefulCancel: false,
      forceKillAfterDelay: 3_000,
      all: true,
    });
  const running: Promise<unknown>[] = [run('server', '--state', state, '--first', '1.4.1')];
  const url = await addressIn(join(state, 'url'));
  return {
    url,
    state,
    deploy: async (version) => {
      const { exitCode, all } = await run('deploy', version, '--state', state);
      if (exitCode !== 0) throw new Error(`deploying ${version} failed: ${all}`);
      return all;
    },
    order: async () => {
      const answer = await fetch(`${url}/checkout`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(sampleOrder),
        signal: AbortSignal.timeout(5_000),
      });
      return { ok: answer.ok, said: `HTTP ${answer.status}` };
    },
    version: async () => {
      const answer = await fetch(`${url}/version`, { signal: AbortSignal.timeout(5_000) });
      return ((await answer.json()) as { version: string }).version;
    },
    watchedBy: (webhook) => void running.push(run('monitor', '--shop', url, '--to', webhook)),
    stop: async () => {
      stopping.abort();
      await Promise.all(running);
    },
  };
};

const addressIn = async (file: string): Promise<string> => {
  const url = await until(`the shop to start (${file})`, () => readFile(file, 'utf8').catch(() => undefined), 30_000);
  return url.trim();
};
