import type { Payload, PayloadCodec, SerializationContext } from '@temporalio/common';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { KeysAmiss, type Keyring } from './keyring.js';
import { packed, unpacked } from './payload.js';

const encoding = 'binary/encrypted';
const keyIdField = 'encryption-key-id';
const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/** Encrypted data was changed, cut off, or encrypted with another key of the same name. */
export class NotAuthentic extends Error {
  override readonly name = 'NotAuthentic';
}

const textOf = (payload: Payload, field: string): string | undefined => {
  const value = payload.metadata?.[field];
  return value && Buffer.from(value).toString('utf8');
};

/** Whether a payload was encrypted here, and with which key. */
export const keyIdOf = (payload: Payload): string | undefined =>
  textOf(payload, 'encoding') === encoding ? (textOf(payload, keyIdField) ?? 'without a name') : undefined;

const keyOf = ({ keys }: Keyring, id: string): Uint8Array => {
  const key = Object.hasOwn(keys, id) ? keys[id] : undefined;
  if (!key) throw new KeysAmiss(`encryption key ${id} is missing: what was encrypted with it cannot be read`);
  return key;
};

/**
 * A payload whole, its metadata too, under the current key: twelve random bytes, the ciphertext, the tag. The key's id is
 * authenticated with it. A random nonce is safe for 2^32 payloads a key (NIST SP 800-38D, 8.3), which rotation keeps far away.
 */
const encrypt = (ring: Keyring, payload: Payload): Payload => {
  const iv = randomBytes(ivBytes);
  const id = Buffer.from(ring.current);
  const cipher = createCipheriv(algorithm, keyOf(ring, ring.current), iv, { authTagLength: tagBytes }).setAAD(id);
  const parts = [iv, cipher.update(packed(payload)), cipher.final(), cipher.getAuthTag()];
  return {
    metadata: { encoding: new Uint8Array(Buffer.from(encoding)), [keyIdField]: new Uint8Array(id) },
    data: new Uint8Array(Buffer.concat(parts)),
  };
};

const decrypt = (ring: Keyring, payload: Payload, id: string): Payload => {
  const key = keyOf(ring, id);
  const data = payload.data ?? new Uint8Array();
  if (data.length < ivBytes + tagBytes) throw new NotAuthentic(`what encryption key ${id} encrypted was cut off`);
  const tagAt = data.length - tagBytes;
  const decipher = createDecipheriv(algorithm, key, data.subarray(0, ivBytes), { authTagLength: tagBytes })
    .setAAD(Buffer.from(id))
    .setAuthTag(data.subarray(tagAt));
  try {
    return unpacked(Buffer.concat([decipher.update(data.subarray(ivBytes, tagAt)), decipher.final()]));
  } catch (error) {
    throw new NotAuthentic(`what encryption key ${id} encrypted was changed`, { cause: error });
  }
};

export type EncryptionParts = {
  keyring: Keyring;
  /** Which payloads are encrypted; whatever is encrypted gets decrypted. */
  restricted: (context: SerializationContext | undefined) => boolean;
};

/**
 * Encrypts what is restricted before it leaves this process for Temporal, and decrypts it on the way back. Decoding throws
 * KeysAmiss that names a key that is missing, and NotAuthentic on what was tampered with.
 */
export const createEncryption = ({ keyring, restricted }: EncryptionParts): PayloadCodec => {
  keyOf(keyring, keyring.current);
  return {
    // eslint-disable-next-line @typescript-eslint/require-await -- what throws must reject
    async encode(payloads, context) {
      if (!restricted(context)) return payloads;
      // Encrypted already: a failure or a header that is handed on as it came.
      return payloads.map((payload) => (keyIdOf(payload) === undefined ? encrypt(keyring, payload) : payload));
    },
    // eslint-disable-next-line @typescript-eslint/require-await -- what throws must reject
    async decode(payloads) {
      return payloads.map((payload) => {
        const id = keyIdOf(payload);
        return id === undefined ? payload : decrypt(keyring, payload, id);
      });
    },
  };
};
