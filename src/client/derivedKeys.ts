import { createHmac, hkdfSync } from 'node:crypto';
import type { Hash } from '../domain/chain.js';
import type { SigningKeys } from '../domain/signedCommand.js';

const derived = (signingKey: string, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', signingKey, '', purpose, 32));

/** What stands for the derived key in a list of command keys. */
const derivedWord = 'derived';

/**
 * What commands are signed with: a key of its own, so that no link can stand for a command; derived from the signing key
 * unless others are `given`. The first of them signs and all verify: a command that is under way at a rotation keeps its proof.
 */
export const commandKeysOf = (signingKey: string, given: string = derivedWord): SigningKeys => {
  const ofWord = (): [string, Uint8Array] => {
    const secret = derived(signingKey, 'firebreak commands');
    return [createHmac('sha256', secret).update('id').digest('hex').slice(0, 12), secret];
  };
  const keys = given.split(',').map((part): [string, Uint8Array] => {
    const at = part.indexOf('=');
    return part === derivedWord ? ofWord() : [part.slice(0, at), new TextEncoder().encode(part.slice(at + 1))];
  });
  return { current: keys[0]?.[0] ?? '', secrets: Object.fromEntries(keys) };
};

/** Seals the audit, so that whoever can write to the database alone cannot seal what they wrote. */
export const auditSealOf = (signingKey: string): Hash => {
  const secret = derived(signingKey, 'firebreak audit');
  return (text) => createHmac('sha256', secret).update(text).digest('hex');
};
