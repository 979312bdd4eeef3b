import { further, type Delivery } from '../domain/delivery.js';
import { figures } from '../domain/figures.js';
import { draftPostmortem } from '../domain/postmortem/draft.js';
import type { NumberedEvent } from '../domain/record.js';
import type { Store } from '../store/store.js';
import type { Activities, ArchiveInput } from './activities.js';
import { auditAll, openNow, type AuditNow, type StoreNow } from './project.js';

type Needs = {
  store: StoreNow;
  audit?: AuditNow;
  /** The workflow's own record, as Temporal exports it. */
  exportHistory: (workflowId: string, runId: string) => Promise<unknown>;
  /** Leaves a text where people find it; the name has no folder. */
  write: (name: string, text: string) => Promise<void>;
};

/** What the store has of the timeline and what the workflow still held; an entry that both have counts once. */
const wholeTimeline = (kept: readonly NumberedEvent[], held: readonly NumberedEvent[]): NumberedEvent[] =>
  [...new Map([...kept, ...held].map((entry) => [entry.seq, entry])).values()].sort((a, b) => a.seq - b.seq);

/** The ledger with what providers have reported since. */
const withReports = ({ deliveries }: ArchiveInput['crisis'], reported: readonly Delivery[]) => ({
  ...deliveries,
  ...Object.fromEntries(
    reported.map((row) => {
      const own = deliveries[row.key];
      return [row.key, own ? { ...row, ...own, status: further(own.status, row.status) } : row];
    }),
  ),
});

const fileName = (crisisId: string): string => `postmortem-${crisisId.replace(/[^\w.-]+/g, '_')}.md`;

/**
 * Keeps a closed crisis for good: the exported history and the draft of its post-mortem. The store is written last, so a
 * second run after that changes nothing, not even a draft that somebody has begun to edit.
 */
export const createArchiveActivity = ({ store, audit, exportHistory, write }: Needs): Pick<Activities, 'archive'> => ({
  archive: async ({ workflowId, runId, crisis, plan, events }) => {
    const kept: Store = openNow(store);
    const { crisisId } = crisis;
    const already = await kept.archived(crisisId);
    if (already?.runId === runId) return;
    await auditAll(audit, crisisId, events);

    const timeline = wholeTimeline(await kept.timeline(crisisId), events);
    const deliveries = withReports(crisis, await kept.deliveries(crisisId));
    const postmortem = draftPostmortem({
      crisis: { ...crisis, deliveries },
      events: timeline,
      plan,
      figures: figures(timeline.map(({ event }) => event)),
    });
    const history = await exportHistory(workflowId, runId);
    // A restricted one is read through the API alone, by those it names.
    if (!crisis.restricted) await write(fileName(crisisId), postmortem);
    const closedAt = crisis.closedAt ?? timeline.at(-1)?.event.at ?? crisis.declaredAt;
    await kept.archive({ crisisId, workflowId, runId, closedAt, history, postmortem });
  },
});
