import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../../src/api/keys.js';
import { createApiKey, readKeyText, scopes, type ApiKey } from '../../src/domain/apiKey.js';

/** What the administrator of an embedded set-up is called on timelines and in the audit. */
export const administrator = 'local-administrator';

/** Where the key lies that the command line on the same machine finds by itself. */
export const administratorKeyFile = (dataDir: string): string => join(dataDir, 'administrator-key');

/** It ends with its file, not with time. */
const never = Date.UTC(2100, 0);

/**
 * The key of whoever owns the data folder, made at the first start: it can do everything that needs no person, above all make
 * keys for people, and is taken from this machine alone. `text` is there when it has just been made, to be shown once.
 */
export const administratorKeyIn = async (dataDir: string, now: number): Promise<{ key: ApiKey; text?: string }> => {
  const file = administratorKeyFile(dataDir);
  const request = {
    label: 'the administrator of this machine',
    holder: { kind: 'machine', id: administrator },
    scopes,
    createdBy: 'firebreak',
    expiresAt: never,
    loopbackOnly: true,
  } as const;
  const id = randomBytes(6).toString('hex');
  const made = createApiKey(request, { id, secret: randomBytes(32).toString('base64url') }, sha256, now);
  await mkdir(dataDir, { recursive: true });
  try {
    await writeFile(file, `${made.text}\n`, { flag: 'wx', mode: 0o600 });
    return made;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const kept = readKeyText((await readFile(file, 'utf8')).trim());
  if (!kept) throw new Error(`${file} holds no key; remove it, and the next start makes a new one`);
  return { key: createApiKey(request, kept, sha256, now).key };
};
