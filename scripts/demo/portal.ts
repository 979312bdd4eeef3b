import { randomBytes } from 'node:crypto';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { execa } from 'execa';
import { askWith, hashesOf, placesIn, tokenOfPortal, tokensIn } from '../../examples/portal/place.js';
import { portalProcess, startPortal as start } from '../../examples/portal/portalProcess.js';
import { until } from './watching.js';

export type Portal = {
  url: string;
  state: string;
  /** Where its files lie. */
  folder: string;
  /** What a customer of the bank sees; undefined when nothing answers. */
  visit: () => Promise<string | undefined>;
  /** Somebody uploads a picture that is a program. Answers with how the portal answered. */
  breakIn: () => Promise<number>;
  /** How many different customers have arrived where the attacker waits. */
  stolen: () => number;
  /** How the customer service answers the token that the attacker has read, and the one of the back office. */
  stolenToken: () => Promise<number>;
  deskToken: () => Promise<number>;
  hashes: () => Record<string, string>;
  process: () => ReturnType<typeof portalProcess>;
  stop: () => Promise<void>;
};

const release = join('examples', 'portal', 'release');
const picture = join('examples', 'portal', 'attack', 'thumbnail.js');

/** Where the attacker waits: what arrives is counted, and nothing is kept. */
const startAttacker = async () => {
  const seen = new Set<string>();
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (piece: Buffer) => (text += piece.toString()));
    request.on('end', () => {
      seen.add(text);
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    count: () => seen.size,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

/** Starts the example of a breach: the customer service, the portal that may ask it, each a process, and two backups. */
export const startPortal = async (folder: string): Promise<Portal> => {
  const state = join(folder, 'portal');
  const places = placesIn(state);
  await mkdir(join(state, 'customers'), { recursive: true });
  const token = () => randomBytes(16).toString('hex');
  await writeFile(places.tokens, JSON.stringify({ portal: token(), desk: token() }), { mode: 0o600 });
  for (const to of [places.portal, join(places.backups, '0200'), join(places.backups, '0300')])
    await cp(release, to, { recursive: true });
  const attacker = await startAttacker();
  const stopping = new AbortController();
  const program = ['--import', 'tsx', join('examples', 'portal', 'customers.ts'), '--state', state];
  const customers = execa(process.execPath, program, {
    reject: false,
    cancelSignal: stopping.signal,
    forceKillAfterDelay: 3_000,
    all: true,
  });
  await until(
    'the customer service to start',
    () => readFile(places.customersUrl, 'utf8').catch(() => undefined),
    30_000,
  );
  const url = await start(state, tokensIn(state)['portal'] ?? '');
  const stolenToken = tokenOfPortal(places.portal);

  return {
    url,
    state,
    folder: places.portal,
    visit: async () => {
      const answer = await fetch(`${url}/me/7`, { signal: AbortSignal.timeout(800) }).catch(() => undefined);
      return answer && `HTTP ${answer.status} ${await answer.text()}`;
    },
    breakIn: async () => {
      const body = (await readFile(picture, 'utf8')).replace('{{where the attacker waits}}', attacker.url);
      const answer = await fetch(`${url}/pictures/thumbnail.js`, { method: 'PUT', body });
      // The backup of that night has it too.
      await cp(join(places.portal, 'pictures'), join(places.backups, '0300', 'pictures'), { recursive: true });
      return answer.status;
    },
    stolen: attacker.count,
    stolenToken: () => askWith(state, stolenToken),
    deskToken: () => askWith(state, tokensIn(state)['desk'] ?? ''),
    hashes: () => hashesOf(places.portal),
    process: () => portalProcess(state),
    stop: async () => {
      stopping.abort();
      await customers;
      const running = await portalProcess(state);
      if (running) process.kill(running.pid, 'SIGKILL');
      attacker.stop();
    },
  };
};
