import type { Command } from 'commander';
import { actingPerson, apiAddress } from '../client/address.js';
import { createApiClient, type ApiClient } from '../client/api.js';
import { keyFor } from '../client/key.js';
import { createRequest, type Request } from '../client/request.js';
import { colours } from '../output/terminal.js';

export type JsonOption = { json?: boolean };
export type ApiOptions = JsonOption & { url?: string };
export type ActingOptions = ApiOptions & { by?: string };

export const withJson = (command: Command, what = 'print one JSON document'): Command => command.option('--json', what);

/** For commands that ask the API. */
export const withApi = (command: Command, json?: string): Command =>
  withJson(command, json).option(
    '--url <address>',
    'where the API is; else FIREBREAK_URL, FIREBREAK_HOST and FIREBREAK_PORT',
  );

/** For commands that change something, and therefore say who acts. */
export const withActor = (command: Command): Command =>
  withApi(command).option(
    '--by <person>',
    'who acts; else FIREBREAK_USER, else the holder of FIREBREAK_KEY, else your name at the operating system',
  );

/** The end of a help text: what one really types. */
export const withExamples = (command: Command, ...examples: readonly [line: string, what: string][]): Command =>
  command.addHelpText('after', () =>
    [
      '',
      'Examples:',
      ...examples.flatMap(([line, what]) => [`  ${colours.dim(`# ${what}`)}`, `  npx firebreak ${line}`]),
    ].join('\n'),
  );

/** Asks the API by itself, with the key of whoever sits here. */
export const requestOf = ({ url }: ApiOptions): Request => {
  const address = apiAddress(url, process.env);
  return createRequest(address, keyFor(address, process.env));
};
export const apiOf = (options: ApiOptions): ApiClient =>
  createApiClient(apiAddress(options.url, process.env), requestOf(options));
/** As a field of what is sent: nothing where the key says it. */
export const actorOf = ({ by }: ActingOptions): { by?: string } => {
  const person = actingPerson(by, process.env);
  return person === undefined ? {} : { by: person };
};
