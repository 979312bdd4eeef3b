import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';

/** Where everything of the example lies, under its state directory. */
export const placesIn = (state: string) => ({
  portal: join(state, 'portal'),
  portalUrl: join(state, 'portal.url'),
  portalPid: join(state, 'portal.pid'),
  customersUrl: join(state, 'customers.url'),
  accessLog: join(state, 'customers', 'access.log'),
  tokens: join(state, 'customers', 'tokens.json'),
  backups: join(state, 'backups'),
  quarantine: join(state, 'quarantine'),
});

/** The state directory that the command line names. */
export const stateOf = (): string => {
  const { values } = parseArgs({ options: { state: { type: 'string' } }, strict: false });
  if (typeof values.state !== 'string') throw new Error('--state: expected the state directory of the example');
  return values.state;
};

export const textIn = (path: string): string => readFileSync(path, 'utf8').trim();

/** Who may ask the customer service, by their tokens. */
export const tokensIn = (state: string): Record<string, string> =>
  JSON.parse(textIn(placesIn(state).tokens)) as Record<string, string>;

/** The token that the portal was given when it was started. */
export const tokenOfPortal = (folder: string): string =>
  (JSON.parse(textIn(join(folder, 'config.json'))) as { token: string }).token;

/** The SHA-256 of every file under a folder, by its path from there. */
export const hashesOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile())
      .map((path) => [relative(folder, path), createHash('sha256').update(readFileSync(path)).digest('hex')] as const)
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );

/** Written where the portal is started; no part of what was released. */
const own = new Set(['config.json']);

/** What in a folder is not as it was released, in words; the release is known from elsewhere than the portal’s host. */
export const strangeIn = (folder: string): string[] => {
  const released = hashesOf(join(import.meta.dirname, 'release'));
  const found = hashesOf(folder);
  const other = Object.entries(found).flatMap(([name, hash]) => {
    if (own.has(name) || released[name] === hash) return [];
    return [released[name] === undefined ? `${name} is not of the release` : `${name} is not as it was released`];
  });
  return [...other, ...Object.keys(released).flatMap((name) => (found[name] ? [] : [`${name} is missing`]))];
};

export const isThere = (path: string): boolean => existsSync(path);

/** Asks the customer service with a token; answers with the status. */
export const askWith = async (state: string, token: string): Promise<number> => {
  const answer = await fetch(`${textIn(placesIn(state).customersUrl)}/customers/1`, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(5_000),
  });
  return answer.status;
};
