import { createHmac } from 'node:crypto';
import { codeNameFrom } from '../domain/codeName.js';
import { isRestrictedKey, restrictedPrefix } from '../domain/crisisId.js';

/** The correlation key of the security crisis of a cause. It is the same for every process that has the secret, and tells nothing. */
export type OpaqueKey = (cause: string) => string;

/** Keys by HMAC-SHA-256: without the secret nobody can try out which service hides behind a code name. */
export const createOpaqueKeys =
  (secret: string): OpaqueKey =>
  (cause) =>
    isRestrictedKey(cause)
      ? cause
      : `${restrictedPrefix}${codeNameFrom(createHmac('sha256', secret).update(`restricted crisis of ${cause}`).digest('hex'))}`;
