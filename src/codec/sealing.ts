import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { KeysAmiss, type Keyring } from './keyring.js';

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/** Encrypted data was changed, cut off, taken from elsewhere, or encrypted with another key of the same name. */
export class NotAuthentic extends Error {
  override readonly name = 'NotAuthentic';
}

/** Throws KeysAmiss that names the key when it is not here. */
export const keyOf = ({ keys }: Keyring, id: string): Uint8Array => {
  const key = Object.hasOwn(keys, id) ? keys[id] : undefined;
  if (!key) throw new KeysAmiss(`encryption key ${id} is missing: what was encrypted with it cannot be read`);
  return key;
};

/** The key's id and what the bytes belong to are authenticated with them, so that neither can be exchanged. */
const boundTo = (id: string, about: string | undefined): Buffer =>
  Buffer.from(about === undefined ? id : `${id}\n${about}`);

/**
 * Bytes under the current key: twelve random bytes, the ciphertext, the tag. A random nonce is safe for 2^32 times a key
 * (NIST SP 800-38D, 8.3), which rotation keeps far away.
 */
export const sealBytes = (ring: Keyring, plain: Uint8Array, about?: string): Uint8Array => {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, keyOf(ring, ring.current), iv, { authTagLength: tagBytes });
  cipher.setAAD(boundTo(ring.current, about));
  return new Uint8Array(Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]));
};

/** What `sealBytes` made, with the key of this id. Throws KeysAmiss, or NotAuthentic on what was tampered with. */
export const openBytes = (ring: Keyring, id: string, sealed: Uint8Array, about?: string): Uint8Array => {
  const key = keyOf(ring, id);
  if (sealed.length < ivBytes + tagBytes) throw new NotAuthentic(`what encryption key ${id} encrypted was cut off`);
  const tagAt = sealed.length - tagBytes;
  const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, ivBytes), { authTagLength: tagBytes })
    .setAAD(boundTo(id, about))
    .setAuthTag(sealed.subarray(tagAt));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(ivBytes, tagAt)), decipher.final()]);
  } catch (error) {
    throw new NotAuthentic(`what encryption key ${id} encrypted was changed`, { cause: error });
  }
};
