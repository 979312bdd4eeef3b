import type { Payload, PayloadCodec, SerializationContext } from '@temporalio/common';
import type { Keyring } from './keyring.js';
import { packed, unpacked } from './payload.js';
import { keyOf, NotAuthentic, openBytes, sealBytes } from './sealing.js';

const encoding = 'binary/encrypted';
const keyIdField = 'encryption-key-id';
const ownerField = 'workflow-id';

const textOf = (payload: Payload, field: string): string | undefined => {
  const value = payload.metadata?.[field];
  return value && Buffer.from(value).toString('utf8');
};

/** Whether a payload was encrypted here, and with which key. */
export const keyIdOf = (payload: Payload): string | undefined =>
  textOf(payload, 'encoding') === encoding ? (textOf(payload, keyIdField) ?? 'without a name') : undefined;

/** The workflow that an encrypted payload belongs to, as it was sealed; undefined where the SDK could not tell. */
export const ownerOf = (payload: Payload): string | undefined => textOf(payload, ownerField);

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));

/** A payload whole, its metadata too, bound to the workflow that it is of. */
const encrypt = (ring: Keyring, payload: Payload, owner: string | undefined): Payload => ({
  metadata: {
    encoding: bytes(encoding),
    [keyIdField]: bytes(ring.current),
    ...(owner !== undefined && { [ownerField]: bytes(owner) }),
  },
  data: sealBytes(ring, packed(payload), owner),
});

const decrypt = (ring: Keyring, payload: Payload, id: string): Payload => {
  const plain = openBytes(ring, id, payload.data ?? new Uint8Array(), ownerOf(payload));
  try {
    return unpacked(plain);
  } catch (error) {
    throw new NotAuthentic(`what encryption key ${id} encrypted is no payload`, { cause: error });
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
      const owner = context?.workflowId;
      // Encrypted already: a failure or a header that is handed on as it came.
      return payloads.map((payload) => (keyIdOf(payload) === undefined ? encrypt(keyring, payload, owner) : payload));
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
