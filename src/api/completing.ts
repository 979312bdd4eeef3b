import type { Context } from './parts.js';
import { fromStore, StoreDown } from './reading.js';
import type { Crisis } from '../domain/crisis.js';
import type { Delivery } from '../domain/delivery.js';
import { settledKeptForMs } from '../domain/engine/fold/ledger.js';
import type { NumberedEvent } from '../domain/record.js';
import type { Store } from '../store/store.js';

/** What only the store has of a long crisis; undefined without a database: then what the crisis itself holds has to do. */
const older = async <T>(context: Context, ask: (store: Store) => Promise<T>): Promise<T | undefined> => {
  try {
    return await fromStore(context, ask);
  } catch (error) {
    if (error instanceof StoreDown) return undefined;
    throw error;
  }
};

/** What a running crisis still holds of its events, and before it what the store has kept. */
export const wholeTimeline = async (
  context: Context,
  idOrKey: string,
  held: NumberedEvent[],
): Promise<{ events: NumberedEvent[]; complete: boolean }> => {
  const from = held[0]?.seq ?? 0;
  if (from === 0) return { events: held, complete: true };
  const kept = await older(context, async (store) => {
    const row = await store.crisis(idOrKey);
    return store.timeline(row?.crisis.crisisId ?? idOrKey);
  });
  return { events: [...(kept ?? []).filter(({ seq }) => seq < from), ...held], complete: kept !== undefined };
};

/** What a running crisis still holds of its messages, and before it what the store has kept. */
export const wholeLedger = async (
  context: Context,
  { crisisId, declaredAt, deliveries }: Crisis,
): Promise<{ deliveries: Delivery[]; complete: boolean }> => {
  if (context.now() - declaredAt < settledKeptForMs) return { deliveries: Object.values(deliveries), complete: true };
  const kept = await older(context, (store) => store.deliveries(crisisId));
  const whole = { ...Object.fromEntries((kept ?? []).map((row) => [row.key, row])), ...deliveries };
  return {
    deliveries: Object.values(whole).sort((a, b) => a.intendedAt - b.intendedAt),
    complete: kept !== undefined,
  };
};
