import type { Activities } from './activities.js';
import { openNow, type StoreNow } from './project.js';

/** Keeps alerts with their classification, also those that opened nothing. Safe to run twice. */
export const createKeepAlertsActivity = ({ store }: { store: StoreNow }): Pick<Activities, 'keepAlerts'> => ({
  keepAlerts: async (records) => {
    await openNow(store).keepAlerts(records);
  },
});
