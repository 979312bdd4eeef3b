import { keepStoreOpen } from '../../src/workers/storeKeeper.js';
import { createCipher } from '../../src/codec/cipher.js';
import { createConverters } from '../../src/codec/converters.js';
import { keyringOf, mustHaveAllKeys } from './keys.js';
import { connectTemporal } from './connect.js';
import { installRuntime, type Ground } from './parts.js';
import { sayOn, Stop } from './say.js';
import { environmentOf, keepSettings } from './settings.js';
import { signingKeyIn } from './signingKey.js';

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
    const signingKey = await signingKeyIn(environment.data, environment.signingKey);
    const keyring = keyringOf(environment.encryptionKeys, signingKey);
    const { databaseUrl, data: dataDir } = environment;
    const store = await keepStoreOpen({ databaseUrl, dataDir, cipher: createCipher(keyring, signingKey) }, say);
    opened.push(() => store.store.close());
    const temporal = await connectTemporal(undefined, createConverters(keyring).client);
    opened.push(() => temporal.close());
    await mustHaveAllKeys({ client: temporal.client, store: store.now(), say }, keyring);
    await work({ environment, settings: kept.settings, temporal, kept: store, signingKey, keyring, say });
  } finally {
    for (const close of opened.reverse()) await close();
  }
};
