import { createHash } from 'node:crypto';
import {
  fingerprintsOf,
  keyFaults,
  keyringFrom,
  KeysAmiss,
  type Keyring,
  type KnownKey,
} from '../../src/codec/keyring.js';
import type { OpenedStore } from '../../src/store/store.js';
import { Stop } from './say.js';

const chain = 'encryption-keys';
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The keys that encrypt restricted crises; a stop that says what is wrong with them, and shows none. */
export const keyringOf = (given: string | undefined, signingKey: string): Keyring => {
  try {
    return keyringFrom(given, signingKey);
  } catch (error) {
    if (error instanceof KeysAmiss) throw new Stop(`FIREBREAK_ENCRYPTION_KEYS: ${error.message}`, 2);
    throw error;
  }
};

/** Compares with every key that was ever used here, and stops by name at one that is lost; then remembers those that are new. */
export const mustHaveAllKeys = async (store: OpenedStore | undefined, keyring: Keyring): Promise<void> => {
  // A database that is away must keep nobody from being paged; the next start compares.
  if (!store) return;
  const log = store.chains<KnownKey>(sha256);
  const known = (await log.read(chain)).map(({ entry }) => entry);
  const faults = keyFaults(known, keyring);
  if (faults.length > 0)
    throw new Stop(`${faults.join('\n')}\nFIREBREAK_ENCRYPTION_KEYS and FIREBREAK_SIGNING_KEY give the keys.`, 2);
  for (const key of fingerprintsOf(keyring)) await log.append(chain, key.id, key);
};
