import { rm } from 'node:fs/promises';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, type Worker } from '@temporalio/worker';
import getPort from 'get-port';
import { ulid } from 'ulid';
import { findTemporal } from '../../scripts/parts/temporal.js';
import { startMailbox } from '../../scripts/stack/mailbox.js';
import { startTemporalServer } from '../../scripts/stack/temporalServer.js';
import { createApi } from '../../src/api/api.js';
import { closeChannels, createChannels } from '../../src/channels/channels.js';
import { verifyWebhook } from '../../src/channels/verifyWebhook.js';
import { createCipher } from '../../src/codec/cipher.js';
import { createCodecServer } from '../../src/codec/codecServer.js';
import { createConverters } from '../../src/codec/converters.js';
import { createEncryption } from '../../src/codec/encryption.js';
import { isRestricted } from '../../src/codec/restricted.js';
import { createReadHistory } from '../../src/client/history.js';
import { keyringFrom } from '../../src/codec/keyring.js';
import { registerAttributes } from '../../src/client/attributes.js';
import { connectionOptions } from '../../src/client/connecting.js';
import { sha256 } from '../../src/api/keys.js';
import { createFirebreak } from '../../src/client/createFirebreak.js';
import { auditSealOf, commandKeysOf } from '../../src/client/derivedKeys.js';
import { readAckLink } from '../../src/domain/ackLink.js';
import { readApprovalLink } from '../../src/domain/approvalLink.js';
import type { AuditEntry } from '../../src/domain/audit.js';
import { createAudit } from '../../src/domain/auditing.js';
import { createAuthenticate } from '../../src/domain/authenticate.js';
import type { EvidenceEntry } from '../../src/domain/evidence.js';
import type { Settings } from '../../src/domain/settings.js';
import { createEvidenceRoom } from '../../src/evidence/room.js';
import { createOpaqueKeys } from '../../src/client/restricting.js';
import { keepKeys } from '../../src/store/keptKeys.js';
import { openStore } from '../../src/store/openStore.js';
import { createAuditor } from '../../src/workers/auditor.js';
import { freshData } from './freshData.js';
import { bundleOnce } from './bundle.js';
import { createWorker, taskQueue } from '../../src/workers/worker.js';

export type Stand = Awaited<ReturnType<typeof startStand>>;

/** A busy machine may take its time; no story is about how long a worker takes to answer. */
const answerWithinMs = 20_000;

const quietRuntime = (): void => {
  const logger = new DefaultLogger('ERROR', ({ level, message, meta }) =>
    process.stderr.write(`${level} ${message} ${String(meta?.['error'] ?? '').slice(0, 500)}\n`),
  );
  // As the programs do it: the watchdog goes by these.
  Runtime.install({ logger, workerHeartbeatInterval: '5s' });
};

/**
 * A whole Firebreak on real parts: Temporal's development server, an SMTP server, a store, the API, and as many workers as
 * asked for.
 */
export async function startStand(settingsWith: (ports: { smtp: number; http: number }) => Settings) {
  quietRuntime();
  const dataDir = await freshData('firebreak-stand-');
  const [temporalPort, smtpPort, mailPort, apiPort] = [
    await getPort(),
    await getPort(),
    await getPort(),
    await getPort(),
  ];
  const { path: temporalCli } = await findTemporal({ env: process.env, dataDir, say: () => undefined });
  const startServer = () => startTemporalServer({ path: temporalCli, dataDir, port: temporalPort });
  const [started, mailbox, workflowBundle] = await Promise.all([
    startServer(),
    startMailbox({ host: '127.0.0.1', smtpPort, httpPort: mailPort }),
    bundleOnce(),
  ]);
  let server = started;
  let settings = settingsWith({ smtp: smtpPort, http: apiPort });
  // A recorded history shall not name the machine it was recorded on.
  const identity = 'stand';
  const connection = await Connection.connect({ address: server.address, ...connectionOptions });
  const native = await NativeConnection.connect({ address: server.address });
  await registerAttributes(connection, 'default');
  const signingKey = 'a key for tests, long enough to sign with';
  const keyring = keyringFrom(undefined, signingKey);
  const converters = createConverters(keyring);
  const client = new Client({ connection, identity, dataConverter: converters.client });
  const store = await openStore({ dataDir, cipher: createCipher(keyring, signingKey) });
  let storeIsThere = true;
  let storeIsOpen = true;
  let channels = createChannels(settings.channels);
  const firebreak = createFirebreak({
    client,
    settings: () => settings,
    taskQueue,
    now: () => new Date(),
    newId: ulid,
    opaqueKey: createOpaqueKeys(signingKey),
    answerWithinMs,
    signing: commandKeysOf(signingKey),
  });
  const postmortems = new Map<string, string>();
  const seal = auditSealOf(signingKey);
  const audit = createAudit({ log: store.chains<AuditEntry>(seal), hash: seal });
  const auditor = createAuditor({ audit: () => audit, say: () => undefined });
  const keys = keepKeys({ keys: () => (storeIsThere ? store.apiKeys : undefined), now: Date.now });
  const workers: { worker: Worker; running: Promise<void> }[] = [];
  const evidence = createEvidenceRoom({
    settings: () => settings.evidence,
    dataDir,
    log: () => (storeIsThere ? store.chains<EvidenceEntry>(sha256) : undefined),
    now: Date.now,
    env: { PATH: process.env['PATH'] ?? '' },
  });
  const api = await createApi({
    firebreak,
    store,
    settings: () => settings,
    links: { read: (token) => readAckLink(token, signingKey, Date.now()) },
    approvalLinks: { read: (token) => readApprovalLink(token, signingKey, Date.now()) },
    authenticate: createAuthenticate({ keys, hash: sha256, now: Date.now }),
    keys,
    note: auditor.note,
    audit: () => audit,
    evidence,
    verifySignature: verifyWebhook,
    history: createReadHistory(client),
    codec: {
      ...createCodecServer(createEncryption({ keyring, restricted: isRestricted })),
      namespace: 'default',
      uiOrigins: () => settings.access.temporalUi,
    },
    now: Date.now,
    newId: ulid,
    answerWithinMs,
  });
  const apiUrl = await api.listen({ host: '127.0.0.1', port: apiPort });

  const stand = {
    client,
    connection,
    address: server.address,
    temporalCli,
    keyring,
    mailbox,
    smtpPort,
    apiUrl,
    store,
    keys,
    audit,
    evidence,
    firebreak,
    signingKey,
    postmortems,
    dataDir,
    workflowBundle,
    settings: () => settings,
    /** A changed configuration, as a reload would bring it. */
    configure: (changed: Settings) => {
      settings = changed;
      channels = createChannels(settings.channels);
    },
    /** For whoever wants the files themselves; the stand does it otherwise at its end. */
    closeStore: async () => {
      await stand.stopWorkers();
      await auditor.close();
      await store.close();
      storeIsOpen = false;
    },
    /** Whether the workers have a database. */
    storeIs: (there: 'there' | 'away') => {
      storeIsThere = there === 'there';
    },
    async startWorker() {
      const worker = await createWorker({
        client,
        firebreak,
        connection: native,
        namespace: 'default',
        workflowBundle,
        identity,
        dataConverter: converters.worker,
        settings: () => settings,
        channels: () => channels,
        store: () => (storeIsThere ? store : undefined),
        signingKey,
        evidence,
        writePostmortem: (name, text) => Promise.resolve(void postmortems.set(name, text)),
      });
      workers.push({ worker, running: worker.run() });
    },
    async stopWorkers() {
      for (const { worker, running } of workers.splice(0)) {
        worker.shutdown();
        await running;
      }
    },
    /** The Temporal server goes away; `startServer` brings it back on its file. */
    stopServer: () => server.stop(),
    async startServer() {
      server = await startServer();
    },
    async stop() {
      await stand.stopWorkers();
      await api.close();
      await auditor.close();
      closeChannels(channels);
      if (storeIsOpen) await store.close();
      await native.close();
      await connection.close();
      await server.stop();
      await mailbox.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  await stand.startWorker();
  return stand;
}
