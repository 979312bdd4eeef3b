import type { Delivery } from './delivery.js';
import { pageRow, settled } from './engine/fold/paging.js';
import { tellRow } from './engine/fold/telling.js';
import type { Event } from './event.js';

/** A tell's key ends in its template and its audience. */
const templateOf = (key: string): string => key.split('/').at(-2) ?? '';

/** The rows of the ledger that these events speak of, also those that the state of the crisis has let go of since. */
export const ledgerOf = (events: readonly Event[]): Readonly<Record<string, Delivery>> => {
  const rows = new Map<string, Delivery>();
  for (const event of events) {
    if (event.type === 'paged') rows.set(event.key, pageRow(event));
    const paged = event.type === 'pageSettled' ? rows.get(event.key) : undefined;
    if (event.type === 'pageSettled' && paged) rows.set(event.key, settled(paged, event));
    if (event.type !== 'tellSettled') continue;
    for (const row of event.deliveries) rows.set(row.key, tellRow(templateOf(event.key), row, event.at));
  }
  return Object.fromEntries(rows);
};
