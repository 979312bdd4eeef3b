import type { Hash } from './chain.js';
import { z } from 'zod';

/** What a key may be used for. What its holder may do in a crisis is decided by their roles, not by this. */
export const scopes = [
  'crises:read',
  'crises:command',
  'alerts:write',
  'evidence:read',
  'audit:read',
  'keys:manage',
] as const;
export const Scope = z.enum(scopes);
export type Scope = z.infer<typeof Scope>;

/** Whom a key stands for: a person of the configuration, or a machine by its name. */
export const KeyHolder = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('person'), id: z.string().min(1) }),
  z.strictObject({ kind: z.literal('machine'), id: z.string().min(1) }),
]);
export type KeyHolder = z.infer<typeof KeyHolder>;

/**
 * A key as it is kept: never its secret, only the SHA-256 of it. A slow hash would protect a guessable password; 256 random
 * bits cannot be guessed, and a slow one would let anybody keep the API busy. Times in milliseconds since 1970.
 */
export type ApiKey = {
  id: string;
  label: string;
  holder: KeyHolder;
  scopes: readonly Scope[];
  secretHash: string;
  /** The last four letters, by which its holder recognises it. */
  lastFour: string;
  createdAt: number;
  createdBy: string;
  expiresAt: number;
  revokedAt?: number;
  /** Taken from this machine alone, as the key is that the embedded set-up prints. */
  loopbackOnly: boolean;
};

/** What a new key is for; the rest is made. */
export type KeyRequest = Pick<ApiKey, 'label' | 'holder' | 'scopes' | 'createdBy' | 'expiresAt' | 'loopbackOnly'>;

/** Every key begins with this, so that scanners for leaked secrets know one. */
export const keyPrefix = 'firebreak';

const shape = new RegExp(`^${keyPrefix}_([a-z0-9]{12})_([A-Za-z0-9_-]{43})$`);

/** Randomness as it must be given: an id of 12 small letters or digits, and 256 bits as 43 letters of base64url. */
export type KeyMaterial = { id: string; secret: string };

/** The key to keep, and the text to hand out once and never again. Throws a RangeError on randomness of another shape. */
export const createApiKey = (request: KeyRequest, { id, secret }: KeyMaterial, hash: Hash, now: number) => {
  const text = `${keyPrefix}_${id}_${secret}`;
  if (!shape.test(text)) throw new RangeError('key material: expected an id of 12 and a secret of 43 letters');
  const key: ApiKey = { ...request, id, secretHash: hash(secret), lastFour: secret.slice(-4), createdAt: now };
  return { key, text };
};

/** The parts of a key's text, or undefined where it is none. */
export const readKeyText = (text: string): KeyMaterial | undefined => {
  const [, id, secret] = shape.exec(text) ?? [];
  return id !== undefined && secret !== undefined ? { id, secret } : undefined;
};
