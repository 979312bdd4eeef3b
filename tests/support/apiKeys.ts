import { randomBytes } from 'node:crypto';
import { sha256 } from '../../src/api/keys.js';
import { createApiKey, type Scope } from '../../src/domain/apiKey.js';
import type { ApiKeys } from '../../src/domain/authenticate.js';

/** Makes a person a key, as `firebreak key create` does, and answers with its text. */
export const keyFor = async (
  keys: Pick<ApiKeys, 'keep'>,
  person: string,
  scopes: readonly Scope[] = ['crises:read', 'crises:command'],
): Promise<string> => {
  const now = Date.now();
  const material = { id: randomBytes(6).toString('hex'), secret: randomBytes(32).toString('base64url') };
  const request = { label: person, holder: { kind: 'person', id: person }, scopes, createdBy: 'test' } as const;
  const made = createApiKey({ ...request, expiresAt: now + 86_400_000, loopbackOnly: false }, material, sha256, now);
  await keys.keep(made.key);
  return made.text;
};
