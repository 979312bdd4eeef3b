import { DefaultLogger, Runtime } from '@temporalio/worker';
import { newId } from '../../src/client/newId.js';
import { sha256 } from '../../src/api/keys.js';
import { createFirebreak } from '../../src/client/createFirebreak.js';
import type { Firebreak } from '../../src/client/firebreak.js';
import { createOpaqueKeys } from '../../src/client/restricting.js';
import type { Environment } from '../../src/config/environment.js';
import { commandKeysOf } from '../../src/client/derivedKeys.js';
import type { Keyring } from '../../src/codec/keyring.js';
import type { ApiKey } from '../../src/domain/apiKey.js';
import type { EvidenceEntry } from '../../src/domain/evidence.js';
import type { Settings } from '../../src/domain/settings.js';
import { createEvidenceRoom, type EvidenceRoom } from '../../src/evidence/room.js';
import type { KeptStore } from '../../src/workers/storeKeeper.js';
import { taskQueue } from '../../src/workers/worker.js';
import type { Temporal } from './connect.js';
import type { Say } from './say.js';

/** What worker and API stand on, in one process or in two. */
export type Ground = {
  environment: Environment;
  settings: () => Settings;
  temporal: Temporal;
  kept: KeptStore;
  signingKey: string;
  /** Encrypts restricted crises. */
  keyring: Keyring;
  /** The key of this machine's administrator, where everything runs in one process. */
  administrator?: ApiKey;
  /** Where our own server shows Temporal's user interface. */
  uiUrl?: string;
  say: Say;
};

/** The SDK's own voice: what goes wrong, in a line; its stacks are for whoever asks for them. */
export const installRuntime = (): void => {
  const logger = new DefaultLogger('WARN', ({ level, message, meta }) => {
    const error = (meta?.['error'] ?? '') as Error | string;
    process.stderr.write(`${level.toLowerCase()}: ${message} ${error instanceof Error ? error.message : error}\n`);
  });
  // The watchdog takes a worker for gone that it has not heard of for a few of these.
  Runtime.install({ logger, shutdownSignals: [], workerHeartbeatInterval: '5s' });
};

export const firebreakOn = ({ environment, temporal, settings, signingKey }: Ground): Firebreak =>
  createFirebreak({
    client: temporal.client,
    settings,
    taskQueue,
    now: () => new Date(),
    newId,
    opaqueKey: createOpaqueKeys(signingKey),
    signing: commandKeysOf(signingKey, environment.commandKeys),
  });

/** The evidence of all crises. Programs that collect it get no more of our environment than those of runbooks do. */
export const evidenceOn = ({ environment, settings, kept }: Ground): EvidenceRoom =>
  createEvidenceRoom({
    settings: () => settings().evidence,
    dataDir: environment.data,
    log: () => kept.now()?.chains<EvidenceEntry>(sha256),
    now: Date.now,
    env: Object.fromEntries(
      ['PATH', 'HOME', 'LANG'].flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
    ),
  });

export type Part = { stop: () => Promise<void> };
