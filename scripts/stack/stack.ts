import type { Environment } from '../../src/config/environment.js';
import type { Settings } from '../../src/domain/settings.js';
import { findTemporal } from '../parts/temporal.js';
import { startWatchdogBeside } from '../watchdog/beside.js';
import { administratorKeyIn } from './administrator.js';
import { configuredAddress } from './connect.js';
import { dataLock } from './dataLock.js';
import { layGround, leaveInOrder } from './layGround.js';
import { startMailbox, type Mailbox } from './mailbox.js';
import { startApi } from './apiPart.js';
import { firebreakOn, installRuntime, type Ground } from './ground.js';
import { startWorker } from './workerPart.js';
import { ownUrl } from './ownUrl.js';
import { mustBeFree } from './port.js';
import type { Say } from './say.js';
import { keepSettings, mustBeSound } from './settings.js';
import { startTemporalServer } from './temporalServer.js';

export type Stack = {
  url: string;
  uiUrl: string | undefined;
  temporalAddress: string;
  mailbox: Mailbox;
  ground: Ground;
  /** The administrator's key, when this start has made it: to be shown once. */
  newKey: string | undefined;
  firebreak: ReturnType<typeof firebreakOn>;
  /** In the order in which nothing is lost: first who takes, then who works, then what they stand on. */
  stop: () => Promise<void>;
  /** Settles when a part has died by itself, with what a person should read. */
  died: Promise<string>;
};

/** Where mails go that no configured server takes: the development mailbox. Their links lead to this start. */
const withMailbox =
  (mailbox: Mailbox, environment: Environment, publicUrl: string | undefined) =>
  (settings: Settings): Settings => ({
    ...settings,
    publicUrl: publicUrl ?? ownUrl(settings.publicUrl, environment),
    channels: {
      ...settings.channels,
      email: settings.channels.email ?? {
        host: '127.0.0.1',
        port: Number(new URL(mailbox.smtpUrl).port),
        secure: false,
        from: 'Firebreak <firebreak@localhost>',
        timeoutMs: 5_000,
      },
    },
  });

export type StackOptions = {
  environment: Environment;
  say: Say;
  publicUrl?: string;
  adjust?: (settings: Settings) => Settings;
};

/** Everything in one process but Temporal's own server: mailbox, store, worker and API. */
export const startStack = async ({
  environment,
  say,
  publicUrl,
  adjust = (settings) => settings,
}: StackOptions): Promise<Stack> => {
  installRuntime();
  const started: (() => unknown)[] = [];
  const stop = (): Promise<void> => leaveInOrder(started);
  let tellDeath: (why: string) => void = () => undefined;
  const died = new Promise<string>((resolve) => (tellDeath = resolve));
  try {
    await mustBeSound(environment.config);
    await mustBeFree({ what: 'Firebreak', host: environment.host, port: environment.port, changeBy: 'FIREBREAK_PORT' });
    const lock = await dataLock(environment.data);
    started.push(() => lock.release());
    const mailbox = await startMailbox({
      host: '127.0.0.1',
      smtpPort: environment.smtpPort,
      httpPort: environment.mailboxPort,
    });
    started.push(() => mailbox.stop());
    const complete = withMailbox(mailbox, environment, publicUrl);
    let reload: () => void = () => undefined;
    const kept = await keepSettings(
      environment.config,
      (settings) => adjust(complete(settings)),
      say,
      () => reload(),
    );
    started.push(() => kept.close());

    const server = configuredAddress() === undefined ? await startOwnServer(environment, say) : undefined;
    if (server) {
      started.push(() => server.stop());
      void server.exited.then(({ asked, message }) => (asked ? undefined : tellDeath(message)));
    }
    const temporalAddress = server?.address;
    const shared = await layGround({ environment, settings: kept.settings, say, temporalAddress }, started);
    const { key: administrator, text: newKey } = await administratorKeyIn(environment.data, Date.now());
    const ground: Ground = { ...shared, administrator, ...(server?.uiUrl !== undefined && { uiUrl: server.uiUrl }) };
    const worker = await startWorker(ground, tellDeath);
    started.push(() => worker.stop());
    reload = worker.reload;
    const api = await startApi(ground);
    started.push(() => api.stop());
    const { config, data } = environment;
    if (kept.settings().watchdog) {
      const watchdog = startWatchdogBeside({
        config,
        data,
        temporalAddress: ground.temporal.address,
        url: api.url,
        say,
      });
      started.push(() => watchdog.stop());
    }
    return {
      url: api.url,
      uiUrl: server?.uiUrl,
      temporalAddress: ground.temporal.address,
      mailbox,
      ground,
      newKey,
      firebreak: firebreakOn(ground),
      stop,
      died,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};

const startOwnServer = async ({ data, temporalCli, temporalPort, temporalUiPort }: Environment, say: Say) => {
  const env = { ...process.env, ...(temporalCli !== undefined && { FIREBREAK_TEMPORAL_CLI: temporalCli }) };
  const { path, source } = await findTemporal({ env, dataDir: data, say });
  say(`Temporal from ${source}: ${path}`);
  return startTemporalServer({ path, dataDir: data, port: temporalPort, uiPort: temporalUiPort, say });
};
