import { createServer } from 'node:http';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { execa } from 'execa';
import { until } from '../../../support/until.js';

/** The other end of a dead-man check: it counts what it hears under each path. */
export const startDeadManSink = async () => {
  const heard = new Map<string, number>();
  const server = createServer(({ url = '' }, response) => {
    heard.set(url, (heard.get(url) ?? 0) + 1);
    response.end('OK');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    pings: () => heard.get('/ping') ?? 0,
    failures: () => heard.get('/ping/fail') ?? 0,
    close: () => new Promise((done) => server.close(done).closeAllConnections()),
  };
};

type On = { address: string; apiUrl: string; dataDir: string; smtpPort: number };
type Wishes = { to: string; deadManUrl?: string; workerSilentMs?: number };

const configuration = ({ smtpPort }: On, { to, deadManUrl, workerSilentMs = 30_000 }: Wishes) => {
  const email = { host: '127.0.0.1', port: smtpPort, from: 'Watchdog <watchdog@example.com>' };
  const deadMan = deadManUrl && { url: `${deadManUrl}/ping`, failUrl: `${deadManUrl}/ping/fail`, everyMs: 200 };
  return {
    people: { ana: { name: 'Ana', contacts: [{ channel: 'email', to: 'ana@example.com' }] } },
    schedules: { first: { people: ['ana'] } },
    teams: { checkout: { people: ['ana'], oncall: { primary: 'first' } } },
    services: {},
    defaultTeam: 'checkout',
    channels: { email },
    watchdog: {
      tell: [{ channel: 'email', to }],
      channels: { email },
      everyMs: 400,
      stuckAfterMs: 60_000,
      diskFreePercent: 0,
      workerSilentMs,
      ...(deadMan && { deadMan }),
    },
  };
};

/** The real program in a process of its own, at a pace for tests. */
export const startWatchdog = async (on: On, wishes: Wishes) => {
  const file = join(on.dataDir, `${wishes.to}.yaml`);
  await writeFile(file, JSON.stringify(configuration(on, wishes)));
  const child = execa(process.execPath, ['bin/firebreak.js', 'watchdog', '--config', file], {
    env: { TEMPORAL_ADDRESS: on.address, FIREBREAK_URL: on.apiUrl, FIREBREAK_DATA: on.dataDir },
    reject: false,
    all: true,
  });
  let begun = false;
  child.stderr.on('data', (said: Buffer) => (begun ||= said.includes('watchdog looks after')));
  await until('the watchdog to begin', () => (begun ? true : undefined), 50_000);
  return {
    async stop() {
      child.kill('SIGTERM');
      const { exitCode, all } = await child;
      return { exitCode, all };
    },
  };
};
