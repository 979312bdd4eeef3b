import { ApplicationFailure } from '@temporalio/activity';
import type { Activities } from './activities.js';
import type { Audit } from '../domain/auditing.js';
import { auditOf } from '../domain/auditOf.js';
import type { NumberedEvent } from '../domain/record.js';
import type { Store } from '../store/store.js';

/** The store as the worker has it at the moment; undefined while the database cannot be reached. */
export type StoreNow = () => Store | undefined;

/** The store, or a failure that Temporal tries again: what is projected may come late, but not never. */
export const openNow = (store: StoreNow): Store => {
  const open = store();
  if (!open) throw ApplicationFailure.retryable('the store is not open; what is kept there waits', 'StoreUnreachable');
  return open;
};

/** The audit, where the store is; undefined while that is away, or keeps none. */
export type AuditNow = () => Pick<Audit, 'note'> | undefined;

/** Puts on the audit what people and Firebreak itself did, one after the other: each entry is sealed over the one before. */
export const auditAll = async (
  audit: AuditNow | undefined,
  crisisId: string,
  events: readonly NumberedEvent[],
): Promise<void> => {
  const open = audit?.();
  for (const entry of events.flatMap((each) => auditOf(crisisId, each))) await open?.note(entry);
};

type Needs = { store: StoreNow; audit?: AuditNow };

/** Writes what a crisis knows to the store, and to the audit. Safe to run twice, late, or out of order. */
export const createProjectActivity = ({ store, audit }: Needs): Pick<Activities, 'project'> => ({
  project: async (projection) => {
    await openNow(store).project(projection);
    await auditAll(audit, projection.crisis.crisisId, projection.events);
  },
});
