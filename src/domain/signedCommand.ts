import { base64url, errors, FlattenedSign, flattenedVerify } from 'jose';
import { canonical } from './canonical.js';
import type { CommandProof, SigningActor } from './commandProof.js';

/** Everything that a signature is over. `crisis` is the crisisId, `input` the whole command as sent. */
export type CommandToSign = {
  actor: SigningActor;
  crisis: string;
  command: string;
  input: Readonly<Record<string, unknown>>;
};

/** Secrets of at least 32 bytes by their ids; `current` signs, the others still verify what was signed before a rotation. */
export type SigningKeys = { current: string; secrets: Readonly<Record<string, Uint8Array>> };

/** `id=secret,id=secret` or the word `derived`, with at least 32 characters a secret. */
export const commandKeysShape = /^(derived|[\w.-]{1,40}=[^,\s]{32,})(,(derived|[\w.-]{1,40}=[^,\s]{32,}))*$/;

export type ProofFault = 'unknown key' | 'altered' | 'expired' | 'from the future';

/** How far the clocks of the API's and the worker's machine may differ. */
const toleranceMs = 60_000;

const typ = 'firebreak-command';

const signedOver = (given: CommandToSign, signedAt: number): Uint8Array => {
  const { actor, crisis, command, input } = given;
  return new TextEncoder().encode(canonical({ actor, crisis, command, input, signedAt }));
};

/** Signs a command for its actor and crisis by HMAC-SHA-256. Throws a RangeError on a key that is absent or too short. */
export const signCommand = async (
  given: CommandToSign,
  { current, secrets }: SigningKeys,
  signedAt: number,
): Promise<CommandProof> => {
  const secret = secrets[current];
  if (!secret || secret.length < 32)
    throw new RangeError(`signing key ${current}: expected at least 32 bytes, came ${secret?.length ?? 'none'}`);
  const { signature } = await new FlattenedSign(signedOver(given, signedAt))
    .setProtectedHeader({ alg: 'HS256', kid: current, typ })
    .sign(secret);
  return { actor: given.actor, signedAt, keyId: current, signature };
};

/** The header is no part of the proof: rebuilt from what we expect, it leaves no other algorithm to choose. */
const headerOf = (keyId: string): string => base64url.encode(JSON.stringify({ alg: 'HS256', kid: keyId, typ }));

/**
 * Who gave this command to this crisis, if the proof is ours, is over exactly that, and not older than `maxAgeMs` at `now`.
 * It never throws on a bad proof. Whether the same command comes twice is for its id to tell.
 */
export const verifyCommand = async (
  given: Omit<CommandToSign, 'actor'>,
  proof: CommandProof,
  { secrets }: SigningKeys,
  { now, maxAgeMs }: { now: number; maxAgeMs: number },
): Promise<{ actor: SigningActor } | { fault: ProofFault }> => {
  const { actor, signedAt, keyId, signature } = proof;
  const secret = Object.hasOwn(secrets, keyId) ? secrets[keyId] : undefined;
  if (!secret) return { fault: 'unknown key' };
  try {
    const payload = signedOver({ ...given, actor }, signedAt);
    await flattenedVerify({ protected: headerOf(keyId), payload: base64url.encode(payload), signature }, secret, {
      algorithms: ['HS256'],
    });
  } catch (error) {
    // A TypeError: something in it cannot have been signed, such as a number that is none.
    if (error instanceof errors.JOSEError || error instanceof TypeError) return { fault: 'altered' };
    throw error;
  }
  if (signedAt > now + toleranceMs) return { fault: 'from the future' };
  if (signedAt + maxAgeMs <= now) return { fault: 'expired' };
  return { actor };
};
