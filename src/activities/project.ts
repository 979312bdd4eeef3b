import { ApplicationFailure } from '@temporalio/activity';
import type { Activities } from './activities.js';
import type { Store } from '../store/store.js';

/** The store as the worker has it at the moment; undefined while the database cannot be reached. */
export type StoreNow = () => Store | undefined;

/** The store, or a failure that Temporal tries again: what is projected may come late, but not never. */
export const openNow = (store: StoreNow): Store => {
  const open = store();
  if (!open) throw ApplicationFailure.retryable('the store is not open; what is kept there waits', 'StoreUnreachable');
  return open;
};

/** Writes what a crisis knows to the store. Safe to run twice, late, or out of order. */
export const createProjectActivity = ({ store }: { store: StoreNow }): Pick<Activities, 'project'> => ({
  project: async (projection) => {
    await openNow(store).project(projection);
  },
});
