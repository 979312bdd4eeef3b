import { userInfo } from 'node:os';
import { readEnvironment, type Variables } from '../../src/config/environment.js';
import { misused } from '../output/fault.js';

const parsed = (text: string, from: string): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol))
    throw misused(`${from}: expected the address of the API, such as http://127.0.0.1:7400; got "${text}"`);
  return url.href.replace(/\/+$/, '');
};

/** One that listens everywhere is reached on this machine. */
const reachable = (host: string): string => {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
};

/** Where the API is: `--url`, else FIREBREAK_URL, else FIREBREAK_HOST and FIREBREAK_PORT. Without a slash at its end. */
export const apiAddress = (url: string | undefined, env: Variables): string => {
  if (url !== undefined) return parsed(url, '--url');
  if (env['FIREBREAK_URL']) return parsed(env['FIREBREAK_URL'], 'FIREBREAK_URL');
  const { FIREBREAK_HOST, FIREBREAK_PORT } = env;
  // What else is wrong in the environment must keep nobody from acknowledging.
  const read = readEnvironment({ FIREBREAK_HOST, FIREBREAK_PORT });
  if ('faults' in read) throw misused(read.faults.map(({ name, message }) => `${name}: ${message}`).join('\n'));
  return `http://${reachable(read.environment.host)}:${read.environment.port}`;
};

const systemUser = (): string => {
  try {
    return userInfo().username;
  } catch {
    throw misused('it is not known who you are: say --by <id>, or set FIREBREAK_USER');
  }
};

/** Who acts: `--by`, else FIREBREAK_USER, else the holder of FIREBREAK_KEY, whom the API knows, else the name at the operating system. */
export const actingPerson = (by: string | undefined, env: Variables): string | undefined =>
  by ?? (env['FIREBREAK_USER'] || (env['FIREBREAK_KEY'] ? undefined : systemUser()));
