import { readKeyText, type ApiKey, type KeyHolder, type Scope } from './apiKey.js';
import type { Hash } from './chain.js';

/** Somebody who has shown a key. */
export type Actor = { holder: KeyHolder; key: string; scopes: readonly Scope[] };

/** Why nobody is proven. To a caller only `absent` and the rest differ; the reason is for the audit. */
export type Unproven = 'absent' | 'malformed' | 'unknown' | 'wrong' | 'revoked' | 'expired' | 'not local';

/** Where keys are kept. */
export interface ApiKeys {
  keep(key: ApiKey): Promise<void>;
  find(id: string): Promise<ApiKey | undefined>;
  /** The newest first, revoked and expired ones too. */
  list(): Promise<ApiKey[]>;
  /** False where there is none; the first time counts. */
  revoke(id: string, at: number): Promise<boolean>;
}

export type AuthenticateParts = { keys: Pick<ApiKeys, 'find'>; hash: Hash; now: () => number };

/** A request, as far as it says who makes it. `local`: its connection comes from this machine itself. */
export type Presented = { authorization: string | undefined; local: boolean };

/** Finds out whose key a request shows, in the header `Authorization: Bearer firebreak_…`. It never throws on a bad one. */
export const createAuthenticate =
  ({ keys, hash, now }: AuthenticateParts) =>
  async ({ authorization, local }: Presented): Promise<{ actor: Actor } | { unproven: Unproven }> => {
    if (authorization === undefined) return { unproven: 'absent' };
    const [, text = ''] = /^Bearer +(\S+) *$/i.exec(authorization) ?? [];
    const material = readKeyText(text);
    if (!material) return { unproven: 'malformed' };
    const key = await keys.find(material.id);
    // Hashed and compared all the same, so that an unknown id takes as long as a wrong secret.
    const right = sameText(hash(material.secret), key?.secretHash ?? hash(''));
    if (!key) return { unproven: 'unknown' };
    if (!right) return { unproven: 'wrong' };
    const at = now();
    if (key.revokedAt !== undefined && key.revokedAt <= at) return { unproven: 'revoked' };
    if (key.expiresAt <= at) return { unproven: 'expired' };
    if (key.loopbackOnly && !local) return { unproven: 'not local' };
    return { actor: { holder: key.holder, key: key.id, scopes: key.scopes } };
  };

/** Compares in a time that does not tell where two texts differ. */
export const sameText = (one: string, other: string): boolean => {
  let difference = one.length ^ other.length;
  for (let index = 0; index < one.length; index += 1)
    difference |= one.charCodeAt(index) ^ (other.charCodeAt(index) || 0);
  return difference === 0;
};

/** Whether a remote address is this machine's own. */
export const isLoopback = (address: string | undefined): boolean =>
  address !== undefined && /^(::ffff:)?127\.\d+\.\d+\.\d+$|^::1$/.test(address);
