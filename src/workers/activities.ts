import { Context, sleep } from '@temporalio/activity';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { Client } from '@temporalio/client';
import { newId } from '../client/newId.js';
import type { Activities } from '../activities/activities.js';
import { createArchiveActivity } from '../activities/archive.js';
import { createBundling } from '../activities/bundling.js';
import { createKeepAlertsActivity } from '../activities/keepAlerts.js';
import { createLookUpActivity } from '../activities/lookUp.js';
import { createPageActivity } from '../activities/page.js';
import { createPlaceParcelsActivity } from '../activities/placeParcels.js';
import { createPrecedence } from '../activities/precedence.js';
import { createProjectActivity } from '../activities/project.js';
import { createRunActionActivity } from '../activities/runAction.js';
import { createSendBundle } from '../activities/sendBundle.js';
import { createTellActivities } from '../activities/tell.js';
import { createVerifyActivity } from '../activities/verify.js';
import { createThrottle } from '../activities/throttle.js';
import { createWatchHealthActivity } from '../activities/watchHealth.js';
import type { Channels } from '../channels/channels.js';
import { createReadTooLate } from '../client/tooLate.js';
import { auditSealOf, commandKeysOf } from '../client/derivedKeys.js';
import { createPlacing } from '../client/placing.js';
import { createOpaqueKeys } from '../client/restricting.js';
import { createRoom } from '../client/room.js';
import { createStillRings } from '../client/ringing.js';
import { createSplitting } from '../client/splitting.js';
import { createSharedCount } from '../client/throttling.js';
import type { Firebreak } from '../client/firebreak.js';
import { signAckLink } from '../domain/ackLink.js';
import { signApprovalLink } from '../domain/approvalLink.js';
import type { AuditEntry } from '../domain/audit.js';
import { createAudit } from '../domain/auditing.js';
import type { Settings } from '../domain/settings.js';
import { createCollectKind } from '../evidence/collectKind.js';
import type { EvidenceRoom } from '../evidence/room.js';
import { createKinds } from '../runbooks/kinds.js';
import type { Chaining } from '../store/store.js';

export type ActivityNeeds = {
  client: Client;
  firebreak: Firebreak;
  settings: () => Settings;
  channels: () => Channels;
  store: () => Chaining | undefined;
  /** Signs links, and what commands and the audit are sealed with is made of it. */
  signingKey: string;
  /** By which commands are signed, as the environment gives them. */
  commandKeys?: string | undefined;
  writePostmortem: (name: string, text: string) => Promise<void>;
  /** Absent: this worker collects nothing. */
  evidence?: EvidenceRoom;
};

/** A link in a mail works for as long as a long crisis lasts. */
const linkHoldsForMs = 7 * 24 * 3_600_000;

/** All activities, over the real world. What a changed configuration says applies at the next page. */
export const createActivities = (needs: ActivityNeeds): Activities => {
  const { client, firebreak, settings, channels, store, signingKey, commandKeys, writePostmortem, evidence } = needs;
  const now = () => Date.now();
  const ackLinks = {
    sign: (claims: Parameters<typeof signAckLink>[0]) => signAckLink(claims, signingKey, now() + linkHoldsForMs),
  };
  const exportHistory = async (workflowId: string, runId: string): Promise<unknown> =>
    JSON.parse(historyToJSON(await client.workflow.getHandle(workflowId, runId).fetchHistory()));

  const opaqueKey = createOpaqueKeys(signingKey);
  const approvalUrl = async (claims: Parameters<typeof signApprovalLink>[0], lapsesAt: number): Promise<string> =>
    `${settings().publicUrl.replace(/\/+$/, '')}/approve/${await signApprovalLink(claims, signingKey, lapsesAt)}`;
  const seal = auditSealOf(signingKey);
  const audit = () => {
    const log = store()?.chains?.<AuditEntry>(seal);
    return log && createAudit({ log, hash: seal });
  };

  const kinds = createKinds(evidence && { collect: createCollectKind(evidence, now) });
  const stillRings = createStillRings(client);

  const opening = () => ({
    client,
    settings,
    taskQueue: Context.current().info.taskQueue,
    now: () => new Date(),
    newId,
    opaqueKey,
  });

  const paging = () => ({ channels: channels(), ackLinks, publicUrl: settings().publicUrl, now });
  const telling = () =>
    createTellActivities({ channels: channels(), people: () => settings().people, approvalUrl, now });
  const rules = () => settings().paging.throttle;
  const shared = createSharedCount({ client, rules, taskQueue: () => Context.current().info.taskQueue });
  const throttle = createThrottle({ rules, shared, now });
  const sendBundle = createSendBundle(paging);
  const join = createBundling({
    newId,
    send: (bundle, pages) => {
      if (pages[0]) throttle.counts(pages[0]);
      return sendBundle(bundle, pages);
    },
  });

  const room = createRoom(client, now);
  const precedence = createPrecedence();
  const runAction = createRunActionActivity({ kinds, now });
  const { project } = createProjectActivity({ store, audit });

  return {
    page: (effect) =>
      precedence.paging(() => createPageActivity({ ...paging(), stillRings, throttled: { throttle, join } })(effect)),
    tell: (effect) => precedence.yieldingToPages(() => telling().tell(effect)),
    tellAll: (effects) => precedence.yieldingToPages(() => telling().tellAll(effects)),
    runAction: (effect) => precedence.yieldingToPages(() => runAction(effect)),
    lookUp: createLookUpActivity({ settings, now }),
    ...createVerifyActivity({ keys: commandKeysOf(signingKey, commandKeys), now }),
    watchHealth: createWatchHealthActivity({ now }),
    project: (projection) => precedence.yieldingToPages(() => project(projection)),
    ...createKeepAlertsActivity({ store }),
    ...createArchiveActivity({ store, audit, exportHistory, write: writePostmortem }),
    ...createPlaceParcelsActivity({ place: (parcel) => createPlacing({ ...opening(), room }).placeIfRoom(parcel) }),
    hold: (ms) => sleep(ms),
    openCause: (effect) => createSplitting(opening())(effect),
    tooLate: createReadTooLate(client),
    raise: async (alerts) => {
      await firebreak.accept(alerts);
    },
  };
};
