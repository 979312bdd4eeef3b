import pino from 'pino';
import { newId } from '../../src/client/newId.js';
import { createApi } from '../../src/api/api.js';
import { sha256 } from '../../src/api/keys.js';
import { verifyTwilio } from '../../src/channels/twilioSignature.js';
import { verifyWebhook } from '../../src/channels/verifyWebhook.js';
import { createReadHistory } from '../../src/client/history.js';
import { auditSealOf } from '../../src/client/derivedKeys.js';
import { readAckLink } from '../../src/domain/ackLink.js';
import { createCodecServer } from '../../src/codec/codecServer.js';
import { createEncryption } from '../../src/codec/encryption.js';
import { isRestricted } from '../../src/codec/restricted.js';
import { readApprovalLink } from '../../src/domain/approvalLink.js';
import type { AuditEntry } from '../../src/domain/audit.js';
import { createAudit } from '../../src/domain/auditing.js';
import { createAuthenticate } from '../../src/domain/authenticate.js';
import { keepKeys } from '../../src/store/keptKeys.js';
import { createAuditor } from '../../src/workers/auditor.js';
import { Stop } from './say.js';
import { evidenceOn, firebreakOn, type Ground, type Part } from './ground.js';

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
