import type { AuditEntry } from './audit.js';
import type { ToAudit } from './auditing.js';
import { isRestrictedKey } from './crisisId.js';
import type { Act, Event } from './event.js';
import type { NumberedEvent } from './record.js';

/** The key of a signed link in the place of an API key. */
export const linkKey = 'link';

const proofOf = ({ by, via, key }: Act): AuditEntry['who'] => {
  if (key === undefined) return { id: by, proof: by === 'firebreak' && via === undefined ? 'firebreak' : 'not proven' };
  return key === linkKey ? { id: by, proof: 'signed link' } : { id: by, proof: 'api key', key };
};

const ofAct = (crisis: string, act: Act, event: Event): AuditEntry => ({
  at: event.at,
  who: proofOf(act),
  what: act.command,
  on: { crisis, ...(act.target !== undefined && { target: act.target }) },
  authority: act.authority,
  outcome: event.type === 'refused' ? 'refused' : event.type === 'approvalRequested' ? 'requested' : 'done',
  ...(event.type === 'refused' && { why: event.reason }),
});

/** What Firebreak does itself: what it runs and by which authority, how that ended, and what nobody approved in time. */
const ownDeed = (crisis: string, event: Event): AuditEntry | undefined => {
  const own = { at: event.at, who: { id: 'firebreak', proof: 'firebreak' } } as const;
  switch (event.type) {
    case 'actionStarted':
      if (!event.grant || event.purpose === 'verify') return undefined;
      return {
        ...own,
        what: event.purpose === 'do' ? 'start action' : 'undo by action',
        on: { crisis, target: event.action },
        authority: event.grant,
        outcome: 'done',
      };
    case 'actionEnded': {
      if (event.purpose === 'verify') return undefined;
      const { status, summary } = event.result;
      const outcome = status === 'succeeded' ? 'done' : 'failed';
      const what = { what: 'action ended', on: { crisis, target: event.action } };
      return { ...own, ...what, authority: { kind: 'anybody', of: [] }, outcome, why: `${status}: ${summary}` };
    }
    case 'approvalLapsed':
      return {
        ...own,
        what: 'approval lapsed',
        on: { crisis, target: event.request },
        authority: { kind: 'none', of: [] },
        outcome: 'refused',
        why: 'not approved in time, or before the crisis ended',
      };
    default:
      return undefined;
  }
};

/** What these are done to bears a name that people gave it, or is another crisis, which says what this one is about. */
const namedByPeople: readonly string[] = ['collect', 'link', 'split', 'merge'];

/** The audit is read by others than those whom a restricted crisis names, and is not encrypted: words stay on its timeline. */
const withoutWords = (crisisId: string, seq: number, entry: AuditEntry): AuditEntry => {
  if (!isRestrictedKey(crisisId)) return entry;
  const { kind, of } = entry.authority;
  return {
    ...entry,
    ...(namedByPeople.includes(entry.what) && { on: { crisis: crisisId } }),
    authority: { kind, of },
    ...(entry.why !== undefined && { why: `entry ${seq} of its timeline says why` }),
  };
};

/** What the audit keeps of an event. The keys make keeping it twice do it once. */
export const auditOf = (crisisId: string, { seq, event }: NumberedEvent): ToAudit[] => {
  const deed = ownDeed(crisisId, event);
  return [
    ...(event.act
      ? [{ key: `${crisisId}/${seq}`, ...withoutWords(crisisId, seq, ofAct(crisisId, event.act, event)) }]
      : []),
    ...(deed ? [{ key: `${crisisId}/${seq}/deed`, ...withoutWords(crisisId, seq, deed) }] : []),
  ];
};
