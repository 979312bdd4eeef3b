import { spawn } from 'node:child_process';
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import getPort from 'get-port';
import { guard } from '../../src/runbooks/guardian.js';
import { endProcess, forgetServer, noteServer, stopLeftBehind } from './leftBehind.js';
import { mustBeFree } from './port.js';
import { markOf, type ProcessMark } from './process.js';

const readyWithinMs = 30_000;
/** It takes about 3 s to close its file in order. */
const stopWithinMs = 10_000;
const attempts = 4;

export type TemporalServerOptions = {
  /** The `temporal` binary. */
  path: string;
  /** Its file, `temporal.db`, lies here; workflows survive a restart. */
  dataDir: string;
  port: number;
  /** Absent: no web interface. */
  uiPort?: number;
  ip?: string;
  logFile?: string;
  /** Name to type: `{ CrisisId: 'Keyword' }`. */
  searchAttributes?: Readonly<Record<string, string>>;
  say?: (line: string) => void;
};

/** `exited` settles when the server has ended, asked or not, with what a person should read about it. */
export type TemporalServer = {
  address: string;
  uiUrl: string | undefined;
  pid: number;
  stop: () => Promise<void>;
  exited: Promise<{ asked: boolean; message: string }>;
};

/**
 * Starts a Temporal development server on a file and returns once it answers. Port 0 takes a free one.
 * It stands in a process group of its own, so that Ctrl-C reaches only us and we stop it last.
 * Throws, saying why, when a port is taken, the server dies, or it does not answer within 30 s.
 */
export async function startTemporalServer(options: TemporalServerOptions): Promise<TemporalServer> {
  const { dataDir, say = () => undefined } = options;
  const logFile = options.logFile ?? join(dataDir, 'temporal.log');
  await mkdir(dataDir, { recursive: true });
  await mkdir(dirname(logFile), { recursive: true });
  await stopLeftBehind(dataDir, say);
  for (let attempt = 1; ; attempt++)
    try {
      return await startOnce(options, logFile);
    } catch (error) {
      if (attempt === attempts || !(lostFreePort(options, error) || brokeDown(error))) throw error;
    }
}

/** The server takes free ports for its own parts as well; when it loses one of them as it starts, Go ends it with this code. */
const brokeDown = (error: unknown): boolean => error instanceof Error && error.message.includes('ended with code 2');

/** Another program may take a free port between our finding it and the server's listening there. */
const lostFreePort = ({ port, uiPort }: TemporalServerOptions, error: unknown): boolean =>
  (port === 0 || uiPort === 0) && error instanceof Error && error.message.includes('address already in use');

async function startOnce(options: TemporalServerOptions, logFile: string): Promise<TemporalServer> {
  const { dataDir, ip = '127.0.0.1' } = options;
  const port = await claim('the Temporal server', ip, options.port, 'FIREBREAK_TEMPORAL_PORT');
  const uiPort =
    options.uiPort === undefined
      ? undefined
      : await claim('the Temporal UI', ip, options.uiPort, 'FIREBREAK_TEMPORAL_UI_PORT');

  const address = `${ip}:${port}`;
  const { mark, ended } = await start(options.path, commandLine(options, ip, port, uiPort), logFile);
  await noteServer(dataDir, mark, address);
  const { stop, exited } = keep(mark, ended, dataDir);
  try {
    await ready(address, exited);
  } catch (error) {
    await stop();
    throw error;
  }
  return { address, uiUrl: uiPort === undefined ? undefined : `http://${ip}:${uiPort}`, pid: mark.pid, stop, exited };
}

async function claim(what: string, host: string, port: number, changeBy: string): Promise<number> {
  if (port === 0) return getPort({ host });
  await mustBeFree({ what, host, port, changeBy });
  return port;
}

/** Sees to it that the server ends with us, and that its end is known. */
function keep(mark: ProcessMark, ended: Promise<string>, dataDir: string): Pick<TemporalServer, 'stop' | 'exited'> {
  const guardian = guard(mark.pid);
  let asked = false;
  const exited = ended.then(async (message) => {
    await guardian.dismiss();
    await forgetServer(dataDir);
    return { asked, message };
  });
  return {
    exited,
    async stop() {
      asked = true;
      await endProcess(mark, stopWithinMs);
      await exited;
    },
  };
}

/** Without these pages are up to a second late; deploy/temporal-dynamic.yaml says why of each (docs/decisions/0036-server-rates.md). */
const dynamicConfig = {
  'history.timerProcessorMaxTimeShift': '"1ms"',
  'history.timerProcessorMaxPollRPS': '1000',
  'history.transferProcessorMaxPollRPS': '1000',
  'history.workflowTaskRetryMaxInterval': '"5s"',
  'matching.numTaskqueueReadPartitions': '1',
  'matching.numTaskqueueWritePartitions': '1',
};

const commandLine = (
  { dataDir, searchAttributes = {} }: TemporalServerOptions,
  ip: string,
  port: number,
  uiPort: number | undefined,
): string[] => [
  ...['server', 'start-dev', '--ip', ip, '--port', String(port), '--log-level', 'error'],
  ...['--db-filename', join(resolve(dataDir), 'temporal.db')],
  ...(uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort)]),
  // As it comes, each change waits for the disk several times. This way all survives the death of any process, and the file is
  // whole also after a power cut, which may take the last moments (docs/decisions/0032-embedded-sqlite.md).
  ...['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL'],
  ...Object.entries(dynamicConfig).flatMap(([name, value]) => ['--dynamic-config-value', `${name}=${value}`]),
  ...Object.entries(searchAttributes).flatMap(([name, type]) => ['--search-attribute', `${name}=${type}`]),
];

/** The server's rubbish is collected when its heap has grown to five times what lives, which takes a sixth off what it computes. */
const environment = (): NodeJS.ProcessEnv => ({ GOGC: '400', GOMEMLIMIT: '1GiB', ...process.env });

type Spawned = { mark: ProcessMark; ended: Promise<string> };

// Its output goes to a file, not through us: a pipe would break under it if we died. That is why this is not execa.
async function start(path: string, args: string[], logFile: string): Promise<Spawned> {
  const log = await open(logFile, 'a');
  const { size: before } = await log.stat();
  const child = spawn(path, args, { detached: true, stdio: ['ignore', log.fd, log.fd], env: environment() });
  const ended = new Promise<string>((settle) => {
    child.once('error', (error) => settle(`could not be started: ${error.message}`));
    child.once('exit', (code, signal) => settle(signal ? `was ended by ${signal}` : `ended with code ${code}`));
  }).then(async (how) => {
    await log.close();
    return `the Temporal server ${how}${await lastWords(logFile, before)}`;
  });
  const mark = child.pid === undefined ? undefined : await markOf(child.pid);
  if (!mark) throw new Error(await ended);
  return { mark, ended };
}

async function lastWords(logFile: string, from: number): Promise<string> {
  const lines = (await readFile(logFile)).subarray(from).toString('utf8').split('\n').filter(Boolean);
  const errors = lines.filter((line) => /^(Error|panic|fatal error):/.test(line));
  const words = (errors.length > 0 ? errors : lines.slice(-1)).join(' ').slice(0, 500);
  return `${words && `: ${words}`} (log: ${logFile})`;
}

async function ready(address: string, exited: TemporalServer['exited']): Promise<void> {
  const giveUpAt = Date.now() + readyWithinMs;
  let death: string | undefined;
  void exited.then(({ message }) => (death = message));
  for (;;) {
    const failure = await answers(address).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (failure === undefined) return;
    if (death !== undefined) throw new Error(death);
    if (Date.now() > giveUpAt)
      throw new Error(`the Temporal server on ${address} did not answer within ${readyWithinMs / 1000} s`, {
        cause: failure,
      });
    await sleep(100);
  }
}

// The port opens before the namespace is there, and a client that comes between is told it does not exist.
async function answers(address: string): Promise<void> {
  const connection = await Connection.connect({ address, connectTimeout: 1_000 });
  try {
    await connection.workflowService.describeNamespace({ namespace: 'default' });
  } finally {
    await connection.close();
  }
}
