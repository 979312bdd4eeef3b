import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { until } from '../../support/until.js';

/** Runs a program of the shop to its end, as an operator would. */
export const shopProgram = async (program: string, args: string[], env: Record<string, string> = {}) => {
  const { exitCode, stdout, stderr } = await execa(
    'node',
    ['--import', 'tsx', `examples/shop/${program}.ts`, ...args],
    {
      reject: false,
      env,
    },
  );
  return { exitCode, stdout, stderr };
};

/** Starts a program of the shop that runs until it is ended. */
export const startProgram = (program: string, args: string[]) => {
  const child = execa('node', ['--import', 'tsx', `examples/shop/${program}.ts`, ...args], {
    reject: false,
    all: true,
  });
  const end = async () => {
    child.kill('SIGTERM');
    return await child;
  };
  return { child, end };
};

/** A shop of its own, with the sound release deployed, answering. */
export const openShop = async () => {
  const state = mkdtempSync(join(tmpdir(), 'the shop '));
  const { child, end } = startProgram('server', ['--state', state, '--first', '1.4.1']);
  const url = await until('its address', () => readFileSync(join(state, 'url'), 'utf8').trim() || undefined);
  await until('the release', async () => (await versionAt(url)) === '1.4.1');
  return { state, url, child, end, log: () => readFileSync(join(state, 'shop.log'), 'utf8') };
};

type Answering = { version?: unknown; pid?: unknown };
const answeringAt = async (url: string): Promise<Answering> =>
  (await (await fetch(`${url}/version`)).json()) as Answering;

export const versionAt = async (url: string): Promise<unknown> => (await answeringAt(url)).version;
export const pidAt = async (url: string): Promise<number> => Number((await answeringAt(url)).pid);

export const orderAt = (url: string, country = 'DE'): Promise<Response> =>
  fetch(`${url}/checkout`, {
    method: 'POST',
    body: JSON.stringify({ country, items: [{ product: 'mug', count: 2 }] }),
  });
