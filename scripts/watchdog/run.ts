import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { ulid } from 'ulid';
import { closeChannels, createChannels } from '../../src/channels/channels.js';
import type { Settings, Watchdog } from '../../src/domain/settings.js';
import { taskQueue } from '../../src/workers/worker.js';
import { firstLine } from '../parts/part.js';
import { Stop, type Say } from '../stack/say.js';
import { apiCheck } from './checks/api.js';
import { diskCheck } from './checks/disk.js';
import { ledgerCheck } from './checks/ledger.js';
import { workersCheck } from './checks/workers.js';
import { workflowTasksCheck } from './checks/workflowTasks.js';
import { createWatchdog } from './watchdog.js';

export type WatchdogNeeds = {
  settings: () => Settings;
  apiAddress: string;
  dataFolder: string;
  say: Say;
};

const sectionOf = ({ watchdog }: Settings): Watchdog => {
  if (!watchdog)
    throw new Stop(
      'the configuration has no section "watchdog": it says whom to tell, as in watchdog: { tell: [...] }',
      2,
    );
  return watchdog;
};

const exists = (folder: string): Promise<boolean> =>
  stat(folder).then(
    () => true,
    () => false,
  );

const checksOf = (connection: Connection, namespace: string, needs: WatchdogNeeds, folders: readonly string[]) => {
  const section = (): Watchdog => sectionOf(needs.settings());
  const client = new Client({ connection, namespace });
  return [
    workersCheck({ connection, namespace, taskQueue, silentMs: () => section().workerSilentMs, now: Date.now }),
    workflowTasksCheck({ client, taskQueue, mostAttempts: () => section().taskAttempts }),
    apiCheck(needs.apiAddress),
    ledgerCheck(needs.apiAddress, () => section().stuckAfterMs),
    diskCheck(() => ({ folders: [...folders, ...section().disks], freePercent: section().diskFreePercent })),
  ];
};

/** Its channels, made anew when the configuration has changed; unusable ones are said and the old ones stay. */
const channelsFrom = (settings: () => Settings, say: Say) => {
  const wanted = (): Settings['channels'] => sectionOf(settings()).channels ?? settings().channels;
  let from = wanted();
  let channels = createChannels(from);
  return {
    now: () => {
      const changed = wanted();
      if (changed === from) return channels;
      from = changed;
      try {
        const made = createChannels(changed);
        closeChannels(channels);
        channels = made;
      } catch (error) {
        say(`the changed channels cannot be used, the old ones stay: ${firstLine(error)}`);
      }
      return channels;
    },
    close: () => closeChannels(channels),
  };
};

/** Looks at its interval until the signal ends it. Nothing that it looks at needs to be there when it starts. */
export const runWatchdog = async (needs: WatchdogNeeds, signal: AbortSignal): Promise<void> => {
  const { settings, dataFolder, say } = needs;
  const channels = channelsFrom(settings, say);
  const { connectionOptions, namespace = 'default' } = loadClientConnectConfig();
  const connection = Connection.lazy(connectionOptions);
  const folders = (await exists(dataFolder)) ? [dataFolder] : [];
  const watchdog = createWatchdog({
    checks: checksOf(connection, namespace, needs, folders),
    settings: () => sectionOf(settings()),
    channels: channels.now,
    newId: ulid,
    now: Date.now,
    say,
  });
  try {
    while (!signal.aborted) {
      const next = Date.now() + sectionOf(settings()).everyMs;
      await watchdog.look();
      await sleep(Math.max(0, next - Date.now()), undefined, { signal }).catch(() => undefined);
    }
  } finally {
    channels.close();
    await connection.close();
  }
};
