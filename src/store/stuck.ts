import { and, asc, eq, isNull, lt, ne, or } from 'drizzle-orm';
import { deliveryOf } from './ledger.js';
import { readable, type Reading } from './readable.js';
import type { StuckDelivery } from './store.js';
import { crises } from './tables/crises.js';
import { deliveries, deliveryReports } from './tables/deliveries.js';

/** Messages of open crises that should long have come further; what the interface promises of `stuckDeliveries`. */
export const readStuckDeliveries = async (reading: Reading, before: Date, limit: number): Promise<StuckDelivery[]> => {
  const rows = await reading.sql
    .select({ row: deliveries, crisisId: deliveries.crisisId })
    .from(deliveries)
    .innerJoin(crises, eq(crises.crisisId, deliveries.crisisId))
    .leftJoin(deliveryReports, eq(deliveries.ref, deliveryReports.ref))
    .where(
      and(
        ne(crises.status, 'closed'),
        lt(deliveries.intendedAt, before),
        isNull(deliveryReports.ref),
        or(
          eq(deliveries.status, 'intended'),
          // Once somebody is there, it no longer matters whether this page arrived.
          and(eq(deliveries.status, 'uncertain'), eq(deliveries.kind, 'page'), eq(crises.status, 'triggered')),
        ),
      ),
    )
    .orderBy(asc(deliveries.intendedAt), asc(deliveries.key))
    .limit(limit);
  return readable(reading, rows, ({ row, crisisId }) => ({ crisisId, delivery: deliveryOf(reading.vault, row, null) }));
};
