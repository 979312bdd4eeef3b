import { Unreadable, type Cipher, type Sealed } from '../domain/cipher.js';
import { isRestrictedKey } from '../domain/crisisId.js';

/** A column whose value is encrypted in the rows of restricted crises. */
export type Kept<Value> = Value | Sealed;

/** Whether a column holds something encrypted; rows that an older version wrote may not. */
export const isSealed = (value: unknown): value is Sealed =>
  typeof value === 'object' && value !== null && 'sealed' in value && 'key' in value;

/** The same in a column of text. */
const isSealedText = (text: string): boolean => text.startsWith('{"key":');

export type Vault = ReturnType<typeof createVault>;

/**
 * Encrypts what rows of restricted crises say, and decrypts it. Whether one is restricted, its id says. Without a cipher it
 * refuses to write any: nothing of them stands in plain text, whoever forgot to give the keys.
 */
export const createVault = (cipher: Cipher | undefined) => {
  const must = (): Cipher => {
    if (!cipher)
      throw new Unreadable('a restricted crisis is kept with the keys of the configuration, and none is given');
    return cipher;
  };
  const seal = (value: unknown, about: string): Sealed => must().seal(JSON.stringify(value), about);
  const open = (sealed: Sealed, about: string): unknown => JSON.parse(must().open(sealed, about));
  return {
    /** The value as its column keeps it. `about` says which one of the crisis it is. */
    kept: <Value>(crisisId: string | null | undefined, about: string, value: Value): Kept<Value> =>
      isRestrictedKey(crisisId ?? '') ? seal(value, `${crisisId} ${about}`) : value,
    /** The value out of its column. Throws Unreadable when its key is not here, or when it was changed or moved. */
    read: <Value>(crisisId: string | null, about: string, kept: Kept<Value>): Value =>
      isSealed(kept) ? (open(kept, `${crisisId} ${about}`) as Value) : kept,
    /** The same in a column of text. */
    keptText: (crisisId: string, about: string, text: string): string =>
      isRestrictedKey(crisisId) ? JSON.stringify(seal(text, `${crisisId} ${about}`)) : text,
    readText: (crisisId: string, about: string, kept: string): string =>
      isRestrictedKey(crisisId) && isSealedText(kept)
        ? (open(JSON.parse(kept) as Sealed, `${crisisId} ${about}`) as string)
        : kept,
    /** A key of a row, which may hold a name, as one that says nothing. */
    blindKey: (crisisId: string, key: string): string =>
      isRestrictedKey(crisisId) ? `${crisisId}/${must().blind(key)}` : key,
  };
};
