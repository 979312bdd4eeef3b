import { createHmac, hkdfSync } from 'node:crypto';
import { Unreadable, type Cipher } from '../domain/cipher.js';
import { KeysAmiss, type Keyring } from './keyring.js';
import { NotAuthentic, openBytes, sealBytes } from './sealing.js';

/** No workflow's id begins like this, so that nothing of a history passes for a row, nor the other way round. */
const inStore = (about: string): string => `store ${about}`;

/**
 * Encrypts rows with the keys that encrypt histories. Rows are found by a hash under a key made of `secret`, which stays
 * when the encryption key is exchanged.
 */
export const createCipher = (keyring: Keyring, secret: string): Cipher => {
  const blinding = Buffer.from(hkdfSync('sha256', secret, '', 'firebreak store', 32));
  return {
    seal: (text, about) => ({
      key: keyring.current,
      sealed: Buffer.from(sealBytes(keyring, Buffer.from(text), inStore(about))).toString('base64'),
    }),
    open: ({ key, sealed }, about) => {
      try {
        return Buffer.from(openBytes(keyring, key, Buffer.from(sealed, 'base64'), inStore(about))).toString('utf8');
      } catch (error) {
        if (error instanceof KeysAmiss || error instanceof NotAuthentic)
          throw new Unreadable(error.message, { cause: error });
        throw error;
      }
    },
    blind: (text) => createHmac('sha256', blinding).update(text).digest('hex').slice(0, 32),
  };
};
