import type { LocatedDocument, Path } from './document.js';
import type { Expansion } from './expansion.js';
import { valueAt, type SchemaFault } from './issues.js';

const placesOf = (data: unknown): Path[] => [
  ...[['channels'], ['watchdog', 'channels']].flatMap((channels) => [
    [...channels, 'email', 'password'],
    [...channels, 'sms', 'authToken'],
    [...channels, 'webhook', 'secret'],
  ]),
  ...Object.keys(valueAt(data, ['sources']) ?? {}).map((id) => ['sources', id, 'secret']),
];

/** Secrets that stand in the file itself, where everybody reads them who may read the repository. */
export const writtenSecrets = (data: unknown, { nodeAt }: LocatedDocument, { written }: Expansion): SchemaFault[] =>
  placesOf(data)
    .filter((path) => {
      const node = nodeAt(path);
      return node && typeof valueAt(data, path) === 'string' && !written.has(node);
    })
    .map((path) => ({ path, part: 'value', message: 'is a secret; write ${env:NAME} and set it in the environment' }));
