import { layGround, leaveInOrder } from './layGround.js';
import { installRuntime, type Ground } from './ground.js';
import { sayOn, Stop } from './say.js';
import { environmentOf, keepSettings } from './settings.js';

/**
 * What a worker or an API stands on when it runs by itself, beside others: a server and a database that they share. It is
 * there for as long as the work takes, and left in order however that ends: what stays open keeps a process from ending.
 */
export const standAlone = async (onReload: () => void, work: (ground: Ground) => Promise<void>): Promise<void> => {
  const say = sayOn(process.stderr);
  installRuntime();
  const environment = environmentOf();
  if (environment.databaseUrl === undefined)
    throw new Stop(
      'FIREBREAK_DATABASE_URL is not set: worker and API in separate processes share a PostgreSQL; `firebreak up` runs everything in one process without',
      2,
    );
  if (environment.signingKey === undefined)
    throw new Stop(
      'FIREBREAK_SIGNING_KEY is not set: the worker signs acknowledge links that the API must be able to read; at least 32 characters, the same for all',
      2,
    );
  const opened: (() => unknown)[] = [];
  try {
    const kept = await keepSettings(environment.config, (settings) => settings, say, onReload);
    opened.push(() => kept.close());
    await work(await layGround({ environment, settings: kept.settings, say }, opened));
  } finally {
    await leaveInOrder(opened);
  }
};
