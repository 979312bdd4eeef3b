import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readEnvironment, type Variables } from '../../src/config/environment.js';

/** Only the API of this machine is shown the administrator's key; any other would learn it. */
const isHere = (address: string): boolean => {
  const { hostname } = new URL(address);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
};

const administratorsKey = (env: Variables): string | undefined => {
  const { FIREBREAK_DATA } = env;
  const read = readEnvironment({ FIREBREAK_DATA });
  if ('faults' in read) return undefined;
  try {
    return readFileSync(join(read.environment.data, 'administrator-key'), 'utf8').trim();
  } catch {
    return undefined; // there is none here, or it is not ours to read: then no key is shown
  }
};

/** A key to show; one that was only found need not be meant for the API that answers. */
export type KeyToShow = { text: string; found: boolean };

/** FIREBREAK_KEY, else the administrator's of the data folder, where that and the API are on this machine. */
export const keyFor = (address: string, env: Variables): KeyToShow | undefined => {
  if (env['FIREBREAK_KEY']) return { text: env['FIREBREAK_KEY'], found: false };
  const text = isHere(address) ? administratorsKey(env) : undefined;
  return text ? { text, found: true } : undefined;
};
