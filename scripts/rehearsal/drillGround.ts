import { mkdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import getPort from 'get-port';
import type { Environment } from '../../src/config/environment.js';
import { configuredAddress, connectTemporal, type Temporal } from '../stack/connect.js';
import type { Say } from '../stack/say.js';
import { environmentOf } from '../stack/settings.js';
import { startStack } from '../stack/stack.js';

export type DrillGround = { temporal: Temporal; mailbox?: string; died: Promise<string>; close: () => Promise<void> };

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: 1_000 });
    const is = (open: boolean) => () => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', is(true)).once('error', is(false)).once('timeout', is(false));
  });

/** A Firebreak of its own, for as long as the drill lasts; its data stay for whoever wants to look. */
const ownEnvironment = async (given: Environment): Promise<Environment> => {
  const data = join(given.data, 'drill');
  await mkdir(data, { recursive: true });
  return {
    ...given,
    data,
    databaseUrl: undefined,
    port: await getPort({ port: given.port }),
    temporalPort: await getPort({ port: given.temporalPort }),
    temporalUiPort: await getPort({ port: given.temporalUiPort }),
    smtpPort: await getPort({ port: given.smtpPort }),
    mailboxPort: await getPort({ port: given.mailboxPort }),
  };
};

/**
 * Where drills are conducted: the Firebreak that runs, by its Temporal server; when none does, one of our own. `beforeOwn`
 * comes before that is started, and may refuse it; without it none is.
 */
export const drillGround = async (say: Say, beforeOwn?: () => Promise<void>): Promise<DrillGround> => {
  const given = environmentOf();
  const never = new Promise<string>(() => undefined);
  const running =
    configuredAddress() ?? ((await listens(given.temporalPort)) ? `127.0.0.1:${given.temporalPort}` : undefined);
  if (running !== undefined || !beforeOwn) {
    const temporal = await connectTemporal(running ?? `127.0.0.1:${given.temporalPort}`);
    return { temporal, died: never, close: () => temporal.close() };
  }
  await beforeOwn();
  say('no Firebreak runs here: the drill brings one of its own, with its own mailbox');
  const environment = await ownEnvironment(given);
  const publicUrl = `http://${environment.host}:${environment.port}`;
  const stack = await startStack({ environment, say, publicUrl });
  return {
    temporal: stack.ground.temporal,
    mailbox: stack.mailbox.httpUrl,
    died: stack.died,
    close: () => stack.stop(),
  };
};
