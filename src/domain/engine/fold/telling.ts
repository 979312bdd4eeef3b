import type { Crisis } from '../../crisis.js';
import type { Delivery } from '../../delivery.js';
import type { EventOf } from '../../event.js';
import { withRows } from './ledger.js';

type Row = EventOf<'tellSettled'>['deliveries'][number];

/** A message of a telling, as it ended; `tell` is its template. */
export const tellRow = (tell: string, row: Row, at: number): Delivery => ({
  key: row.key,
  kind: 'tell',
  about: tell,
  person: row.person,
  channel: row.channel,
  to: row.to,
  status: row.status,
  intendedAt: row.at,
  settledAt: at,
  ...(row.status !== 'failed' && { sentAt: row.at }),
  ...(row.ref !== undefined && { ref: row.ref }),
  ...(row.reason !== undefined && { reason: row.reason }),
});

/** Of what an audience was told the newest is kept, and what the first word to stakeholders is judged by. */
const stillNeeded = (tells: Crisis['tells'], { template, audience }: EventOf<'told'>): Crisis['tells'] =>
  Object.fromEntries(
    Object.entries(tells).filter(
      ([, tell]) =>
        !tell.settled || tell.occasion === 'start' || tell.template !== template || tell.audience !== audience,
    ),
  );

/** What stakeholders were told, and what they were promised. */
export const foldTelling = {
  told: (crisis: Crisis, e: EventOf<'told'>): Crisis => ({
    ...crisis,
    tells: {
      ...stillNeeded(crisis.tells, e),
      [e.key]: {
        template: e.template,
        audience: e.audience,
        occasion: e.occasion,
        at: e.at,
        settled: false,
        sent: 0,
        failed: 0,
      },
    },
  }),
  tellSettled: (crisis: Crisis, e: EventOf<'tellSettled'>): Crisis => {
    const tell = crisis.tells[e.key];
    if (!tell) return crisis;
    const failed = e.deliveries.filter(({ status }) => status === 'failed').length;
    const rows = e.deliveries.map((row) => tellRow(tell.template, row, e.at));
    return {
      ...crisis,
      tells: { ...crisis.tells, [e.key]: { ...tell, settled: true, sent: e.deliveries.length - failed, failed } },
      deliveries: withRows(crisis.deliveries, rows, e.at),
    };
  },
  updatePromised: (crisis: Crisis, e: EventOf<'updatePromised'>): Crisis => ({ ...crisis, updateDueAt: e.until }),
  updateReminded: (crisis: Crisis, e: EventOf<'updateReminded'>): Crisis => ({
    ...crisis,
    updateRemindedFor: e.promisedAt,
  }),
  managementTold: (crisis: Crisis, e: EventOf<'managementTold'>): Crisis => ({
    ...crisis,
    rungsTold: [...new Set([...crisis.rungsTold, e.rung])],
  }),
};
