import { createHmac, hkdfSync } from 'node:crypto';
import type { Hash } from '../domain/chain.js';
import type { SigningKeys } from '../domain/signedCommand.js';

const derived = (signingKey: string, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', signingKey, '', purpose, 32));

/** What commands are signed with: a key of its own, so that no link can stand for a command. Its id tells a rotation. */
export const commandKeysOf = (signingKey: string): SigningKeys => {
  const secret = derived(signingKey, 'firebreak commands');
  const current = createHmac('sha256', secret).update('id').digest('hex').slice(0, 12);
  return { current, secrets: { [current]: secret } };
};

/** Seals the audit, so that whoever can write to the database alone cannot seal what they wrote. */
export const auditSealOf = (signingKey: string): Hash => {
  const secret = derived(signingKey, 'firebreak audit');
  return (text) => createHmac('sha256', secret).update(text).digest('hex');
};
