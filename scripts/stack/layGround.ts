import { createCipher } from '../../src/codec/cipher.js';
import { createConverters } from '../../src/codec/converters.js';
import { keepStoreOpen } from '../../src/workers/storeKeeper.js';
import { connectTemporal } from './connect.js';
import { keyringOf, mustHaveAllKeys } from './keys.js';
import type { Ground } from './ground.js';
import { signingKeyIn } from './signingKey.js';

type Given = Pick<Ground, 'environment' | 'settings' | 'say'> & {
  /** Of a server of our own; absent, it is the configured one. */
  temporalAddress?: string | undefined;
};

/**
 * What worker and API stand on: the keys, the store and Temporal. How each is left again is added to `opened`, also when a
 * later one cannot be had. Stops by name at a key that is lost.
 */
export const layGround = async (
  { environment, settings, say, temporalAddress }: Given,
  opened: (() => unknown)[],
): Promise<Ground> => {
  const signingKey = await signingKeyIn(environment.data, environment.signingKey);
  const keyring = keyringOf(environment.encryptionKeys, signingKey);
  const { databaseUrl, data: dataDir } = environment;
  const kept = await keepStoreOpen({ databaseUrl, dataDir, cipher: createCipher(keyring, signingKey) }, say);
  opened.push(() => kept.store.close());
  const temporal = await connectTemporal(temporalAddress, createConverters(keyring).client);
  opened.push(() => temporal.close());
  await mustHaveAllKeys({ client: temporal.client, store: kept.now(), say }, keyring);
  return { environment, settings, temporal, kept, signingKey, keyring, say };
};

/** Leaves what was opened, the last first. */
export const leaveInOrder = async (opened: (() => unknown)[]): Promise<void> => {
  for (const leave of opened.splice(0).reverse()) await leave();
};
