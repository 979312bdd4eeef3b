import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import pino from 'pino';
import { newId } from '../../src/client/newId.js';
import { createApi } from '../../src/api/api.js';
import { sha256 } from '../../src/api/keys.js';
import { closeChannels, createChannels } from '../../src/channels/channels.js';
import { verifyTwilio } from '../../src/channels/twilioSignature.js';
import { verifyWebhook } from '../../src/channels/verifyWebhook.js';
import { createFirebreak } from '../../src/client/createFirebreak.js';
import type { Firebreak } from '../../src/client/firebreak.js';
import { createReadHistory } from '../../src/client/history.js';
import { createOpaqueKeys } from '../../src/client/restricting.js';
import { keepProbes } from '../../src/client/probing.js';
import type { Environment } from '../../src/config/environment.js';
import { auditSealOf, commandKeysOf } from '../../src/client/derivedKeys.js';
import { readAckLink } from '../../src/domain/ackLink.js';
import { createCodecServer } from '../../src/codec/codecServer.js';
import { createConverters } from '../../src/codec/converters.js';
import { createEncryption } from '../../src/codec/encryption.js';
import { isRestricted } from '../../src/codec/restricted.js';
import type { Keyring } from '../../src/codec/keyring.js';
import type { ApiKey } from '../../src/domain/apiKey.js';
import { readApprovalLink } from '../../src/domain/approvalLink.js';
import type { AuditEntry } from '../../src/domain/audit.js';
import { createAudit } from '../../src/domain/auditing.js';
import type { EvidenceEntry } from '../../src/domain/evidence.js';
import { createAuthenticate } from '../../src/domain/authenticate.js';
import type { Settings } from '../../src/domain/settings.js';
import { createEvidenceRoom, type EvidenceRoom } from '../../src/evidence/room.js';
import { keepKeys } from '../../src/store/keptKeys.js';
import { createAuditor } from '../../src/workers/auditor.js';
import { bundleWorkflows } from '../../src/workers/bundle.js';
import type { KeptStore } from '../../src/workers/storeKeeper.js';
import { createWorker, taskQueue } from '../../src/workers/worker.js';
import { createDrillHost } from '../rehearsal/hosting.js';
import type { Temporal } from './connect.js';
import { Stop, type Say } from './say.js';

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
const evidenceOn = ({ environment, settings, kept }: Ground): EvidenceRoom =>
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

/** A worker that polls until it is stopped; what it has begun it ends, within ten seconds. */
export const startWorker = async (
  ground: Ground,
  onDeath: (why: string) => void,
): Promise<Part & { reload: () => void }> => {
  const { environment, settings, temporal, kept, signingKey, say } = ground;
  let channels = createChannels(settings().channels, settings().publicUrl);
  const folder = join(environment.data, 'postmortems');
  const workflowBundle = await bundleWorkflows(join(environment.data, 'bundles'));
  const writePostmortem = async (name: string, text: string): Promise<void> => {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, name), text);
  };
  const drillHost = createDrillHost({
    address: temporal.address,
    signingKey,
    commandKeys: environment.commandKeys,
    settings,
    store: kept.now,
    writePostmortem,
    bundle: workflowBundle.codePath,
    say,
  });
  const worker = await createWorker({
    client: temporal.client,
    connection: temporal.native,
    namespace: temporal.namespace,
    workflowBundle,
    firebreak: firebreakOn(ground),
    settings,
    channels: () => channels,
    store: kept.now,
    signingKey,
    commandKeys: environment.commandKeys,
    writePostmortem,
    dataConverter: createConverters(ground.keyring).worker,
    drillHost,
    evidence: evidenceOn(ground),
  });
  const running = worker
    .run()
    .catch((error: unknown) =>
      onDeath(`the worker has stopped: ${error instanceof Error ? error.message : String(error)}`),
    );
  const probe = (): void =>
    void keepProbes(temporal.client, settings(), taskQueue).catch((error: unknown) =>
      say(`the probes could not be set: ${String(error)}`),
    );
  probe();
  return {
    reload: () => {
      const before = channels;
      try {
        channels = createChannels(settings().channels, settings().publicUrl);
      } catch (error) {
        say(
          `the changed channels cannot be used, the old ones stay: ${error instanceof Error ? error.message : String(error)}`,
        );
        return;
      }
      // What is on its way by the old ones may still arrive.
      setTimeout(() => closeChannels(before), 30_000).unref();
      probe();
    },
    stop: async () => {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await running;
      closeChannels(channels);
    },
  };
};

/** A browser on this machine may have come to it by either name. */
const ownUiOrigins = ({ uiUrl }: Ground): string[] =>
  uiUrl === undefined ? [] : [uiUrl, uiUrl.replace('//127.0.0.1:', '//localhost:')];

/** The API, listening. */
export const startApi = async (ground: Ground): Promise<Part & { url: string }> => {
  const { environment, settings, kept, signingKey, keyring, administrator, say } = ground;
  const { host, port } = environment;
  const keys = keepKeys({
    keys: () => kept.now()?.apiKeys,
    now: Date.now,
    ...(administrator && { local: administrator }),
  });
  const seal = auditSealOf(signingKey);
  const audit = () => {
    const log = kept.now()?.chains<AuditEntry>(seal);
    return log && createAudit({ log, hash: seal });
  };
  const auditor = createAuditor({ audit, say });
  const api = await createApi({
    firebreak: firebreakOn(ground),
    store: kept.store,
    settings,
    links: { read: (token) => readAckLink(token, signingKey, Date.now()) },
    approvalLinks: { read: (token) => readApprovalLink(token, signingKey, Date.now()) },
    authenticate: createAuthenticate({ keys, hash: sha256, now: Date.now }),
    keys,
    note: auditor.note,
    audit: () => {
      const open = audit();
      if (!open) throw new Error('the database has not been reached yet');
      return open;
    },
    evidence: evidenceOn(ground),
    verifySignature: verifyWebhook,
    verifyTwilio,
    history: createReadHistory(ground.temporal.client),
    codec: {
      ...createCodecServer(createEncryption({ keyring, restricted: isRestricted })),
      namespace: ground.temporal.namespace,
      uiOrigins: () => [...settings().access.temporalUi, ...ownUiOrigins(ground)],
    },
    now: Date.now,
    newId,
    logger: pino({ level: process.env['FIREBREAK_LOG'] ?? 'warn' }, pino.destination(2)),
  });
  try {
    const url = await api.listen({ host, port });
    return {
      url,
      stop: async () => {
        await api.close();
        await auditor.close();
      },
    };
  } catch (error) {
    const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    throw taken
      ? new Stop(`port ${port} of ${host} is taken: another Firebreak may be running. FIREBREAK_PORT chooses another.`)
      : error;
  }
};
