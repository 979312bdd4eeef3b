import { createHmac, hkdfSync } from 'node:crypto';

/** AES-256 keys by their ids. `current` encrypts; the others still decrypt what was written before a rotation. */
export type Keyring = { current: string; keys: Readonly<Record<string, Uint8Array>> };

/** A key as it may be written down: by this alone it can be recognised, and not be recovered. */
export type KnownKey = { id: string; fingerprint: string };

/** The keys are not as they should be, and the message names which. */
export class KeysAmiss extends Error {
  override readonly name = 'KeysAmiss';
}

const keyBytes = 32;

/** A keyring from its keys in base64, as a configuration holds them. Throws KeysAmiss that names what is wrong. */
export const readKeyring = (current: string, texts: Readonly<Record<string, string>>): Keyring => {
  const keys = Object.fromEntries(Object.entries(texts).map(([id, text]) => [id, readKey(id, text)]));
  if (!Object.hasOwn(keys, current))
    throw new KeysAmiss(
      `current encryption key: expected one of ${Object.keys(keys).join(', ') || 'none'}, came ${current}`,
    );
  return { current, keys };
};

const readKey = (id: string, text: string): Uint8Array => {
  const key = Buffer.from(text, 'base64');
  // Buffer passes over what is no base64; a key cut short by a typing error must not go unnoticed.
  const whole = key.toString('base64').replace(/=+$/, '') === text.trim().replace(/=+$/, '');
  if (!whole || key.length !== keyBytes)
    throw new KeysAmiss(
      `encryption key ${id}: expected ${keyBytes} bytes in base64, came ${whole ? `${key.length} bytes` : 'something else'}`,
    );
  return new Uint8Array(key);
};

export const fingerprintsOf = ({ keys }: Keyring): KnownKey[] =>
  Object.entries(keys).map(([id, key]) => ({
    id,
    fingerprint: createHmac('sha256', key).update('firebreak encryption key').digest('hex').slice(0, 32),
  }));

/**
 * Which keys that are here are not those that were once used under their names. In words, one sentence each. One that is
 * not here any more is a fault only where something needs it.
 */
export const keyFaults = (known: readonly KnownKey[], here: Keyring): string[] => {
  const present = new Map(fingerprintsOf(here).map(({ id, fingerprint }) => [id, fingerprint]));
  return known.flatMap(({ id, fingerprint }) => {
    const found = present.get(id);
    return found === undefined || found === fingerprint
      ? []
      : [`encryption key ${id} is not the key that was used under this name`];
  });
};

/**
 * The keyring as the environment gives it, `id=base64,id=base64` with the current key first, beside one derived from a secret
 * that every process has anyway: without any key given that one encrypts, and what it encrypted stays readable later.
 */
export const keyringFrom = (given: string | undefined, secret: string): Keyring => {
  const derived = new Uint8Array(hkdfSync('sha256', secret, '', 'firebreak payload encryption', keyBytes));
  const id = `derived-${createHmac('sha256', derived).update('id').digest('hex').slice(0, 8)}`;
  const pairs = (given ?? '').split(',').map((pair) => pair.trim());
  const texts = pairs.filter(Boolean).map((pair) => [pair.split('=')[0] ?? '', pair.slice(pair.indexOf('=') + 1)]);
  const [current = id] = texts[0] ?? [];
  return readKeyring(current, {
    [id]: Buffer.from(derived).toString('base64'),
    ...(Object.fromEntries(texts) as Record<string, string>),
  });
};
