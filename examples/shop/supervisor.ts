import { mkdirSync, readFileSync, watchFile, writeFileSync, unwatchFile } from 'node:fs';
import { createServer, request as call, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { pointerOf, programOf, readDeployments } from './deployments.js';
import { readLogLevel, writeLog } from './log.js';
import { startRelease, type Release } from './release.js';

export type Shop = { url: string; close: () => Promise<void> };

const lookEveryMs = 100;
const restartAfterMs = 500;

const addressFile = (state: string): string => join(state, 'url');

/** Where the shop of this state directory answers; throws when none was started there. */
export const urlOf = (state: string): string => readFileSync(addressFile(state), 'utf8').trim();

const refuse = (response: ServerResponse, status: number, error: string): void => {
  if (!response.headersSent) response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error }));
};

const forward = (incoming: IncomingMessage, response: ServerResponse, port: number): void => {
  const { method, url, headers } = incoming;
  const onward = call({ host: '127.0.0.1', port, method, path: url, headers, agent: false }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    pipeline(answer, response, () => undefined);
  });
  onward.on('error', ({ message }) => refuse(response, 502, message));
  response.on('close', () => onward.destroy());
  incoming.pipe(onward);
};

/**
 * Runs the current release as a process of its own behind one address. When another release becomes current, that one is
 * started first, then takes over, then the old one finishes what it is answering and ends.
 */
export const startShop = async ({ state, port = 0 }: { state: string; port?: number }): Promise<Shop> => {
  mkdirSync(state, { recursive: true });
  const log = (line: string): void => writeLog(state, line);
  let current: Release | undefined;
  let closing = false;
  let switching = Promise.resolve();

  const switchOver = async (): Promise<void> => {
    const version = readDeployments(state).versions.at(-1);
    if (closing || version === undefined || version === current?.version) return;
    const program = programOf(version);
    if (program === undefined) throw new Error(`there is no release ${version}`);
    const next = await startRelease(version, program, log);
    const old = current;
    current = next;
    log(`${version} took over${old ? ` from ${old.version}` : ''}`);
    void next.ended.then(() => restartIfCurrent(next));
    await old?.drain();
  };
  const follow = (): Promise<void> => {
    switching = switching.then(switchOver).catch((error: unknown) => log(String(error)));
    return switching;
  };
  const restartIfCurrent = (release: Release): void => {
    if (closing || current !== release) return;
    current = undefined;
    log(`${release.version} ended by itself and is started again`);
    setTimeout(() => void follow(), restartAfterMs);
  };

  const server = createServer((incoming, response) => {
    const began = performance.now();
    response.on('finish', () => {
      const line = `${incoming.method ?? ''} ${incoming.url ?? ''} ${response.statusCode}`;
      if (response.statusCode >= 500 || readLogLevel(state) === 'debug')
        log(`${line} ${Math.round(performance.now() - began)} ms`);
    });
    if (current) forward(incoming, response, current.port);
    else refuse(response, 503, 'no release is running');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  writeFileSync(addressFile(state), `${url}\n`);
  const onChange = (): void => void follow();
  watchFile(pointerOf(state), { interval: lookEveryMs }, onChange);
  await follow();

  return {
    url,
    async close() {
      closing = true;
      unwatchFile(pointerOf(state), onChange);
      await switching;
      server.close();
      server.closeAllConnections();
      await current?.drain();
    },
  };
};
