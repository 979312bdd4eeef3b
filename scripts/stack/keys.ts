import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { Client } from '@temporalio/client';
import { sha256 } from '../../src/api/keys.js';
import {
  fingerprintsOf,
  keyFaults,
  keyringFrom,
  KeysAmiss,
  type Keyring,
  type KnownKey,
} from '../../src/codec/keyring.js';
import { restrictedCrisisOf, restrictedPrefix } from '../../src/domain/crisisId.js';
import type { NeededKey, OpenedStore } from '../../src/store/store.js';
import { Stop, type Say } from './say.js';

const chain = 'encryption-keys';

/** The keys that encrypt restricted crises; a stop that says what is wrong with them, and shows none. */
export const keyringOf = (given: string | undefined, signingKey: string): Keyring => {
  try {
    return keyringFrom(given, signingKey);
  } catch (error) {
    if (error instanceof KeysAmiss) throw new Stop(`FIREBREAK_ENCRYPTION_KEYS: ${error.message}`, 2);
    throw error;
  }
};

/** Every payload of an exported history that is encrypted names its key, in base64. */
const keysIn = (history: string): string[] =>
  [...history.matchAll(/"encryption-key-id":\s*"([^"]+)"/g)].map(([, id = '']) =>
    Buffer.from(id, 'base64').toString('utf8'),
  );

/** The keys without which workers cannot go on with restricted crises that run. */
const neededByRunning = async (client: Client): Promise<NeededKey[]> => {
  const query = `ExecutionStatus = "Running" AND WorkflowId STARTS_WITH "${restrictedPrefix}"`;
  const needed: NeededKey[] = [];
  for await (const { workflowId, runId } of client.workflow.list({ query })) {
    const history = historyToJSON(await client.workflow.getHandle(workflowId, runId).fetchHistory());
    const crisisId = restrictedCrisisOf(workflowId);
    needed.push(...[...new Set(keysIn(history))].map((key) => ({ key, crisisId })));
  }
  return needed;
};

/** A database or a list that cannot be read must keep nobody from being paged; the next start compares. */
const asFarAsKnown = async <T>(ask: () => Promise<T[]>, say: Say): Promise<T[]> => {
  try {
    return await ask();
  } catch (error) {
    say(`whether a key is lost could not be found out: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
};

const inWords = (key: string, needed: readonly NeededKey[]): string => {
  const [first = '', ...others] = [
    ...new Set(needed.filter((each) => each.key === key).map(({ crisisId }) => crisisId)),
  ].sort();
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  return `encryption key ${key} is missing: ${first}${more} cannot be read without it`;
};

type Ground = { client: Client; store: OpenedStore | undefined; say: Say };

/**
 * Stops by name at a key that is lost: one that a restricted crisis needs, running or kept, and one under whose name there is
 * another now. Then it remembers those that are new.
 */
export const mustHaveAllKeys = async ({ client, store, say }: Ground, keyring: Keyring): Promise<void> => {
  const needed = [
    ...(await asFarAsKnown(() => neededByRunning(client), say)),
    ...(await asFarAsKnown(() => store?.neededKeys() ?? Promise.resolve([]), say)),
  ];
  const lost = [...new Set(needed.map(({ key }) => key))].filter((key) => !Object.hasOwn(keyring.keys, key)).sort();
  const log = store?.chains<KnownKey>(sha256);
  const known = log ? await asFarAsKnown(() => log.read(chain), say) : [];
  const faults = [
    ...lost.map((key) => inWords(key, needed)),
    ...keyFaults(
      known.map(({ entry }) => entry),
      keyring,
    ),
  ];
  if (faults.length > 0)
    throw new Stop(`${faults.join('\n')}\nFIREBREAK_ENCRYPTION_KEYS and FIREBREAK_SIGNING_KEY give the keys.`, 2);
  for (const key of fingerprintsOf(keyring)) await log?.append(chain, key.id, key);
};
