import type { TellState } from '../../crisis.js';
import type { EventOf } from '../../event.js';
import { replace, tableToChange, type Draft } from './draft.js';
import { forgetOld, put, type Row } from './ledger.js';
import { keptOf, putRow } from './table.js';

type Said = EventOf<'tellSettled'>['deliveries'][number];

/** A message of a telling, as it ended; `tell` is its template. */
export const tellRow = (tell: string, row: Said, at: number): Row => ({
  key: row.key,
  kind: 'tell',
  about: tell,
  person: row.person,
  channel: row.channel,
  to: row.to,
  status: row.status,
  intendedAt: row.at,
  settledAt: at,
  sentAt: row.status === 'failed' ? undefined : row.at,
  ref: row.ref,
  reason: row.reason,
  possibleRepeat: undefined,
  bundle: undefined,
});

const isSuperseded = (tell: TellState, { template, audience }: EventOf<'told'>): boolean =>
  tell.settled && tell.occasion !== 'start' && tell.template === template && tell.audience === audience;

/** Of what an audience was told the newest is kept, and what the first word to stakeholders is judged by. */
const forgetSuperseded = (draft: Draft, e: EventOf<'told'>): void =>
  replace(
    draft,
    'tells',
    keptOf(draft.crisis.tells, (tell) => !isSuperseded(tell, e)),
  );

/** What stakeholders were told, and what they were promised. */
export const foldTelling = {
  told: (draft: Draft, e: EventOf<'told'>): void => {
    forgetSuperseded(draft, e);
    putRow<TellState>(draft.crisis.tells, e.key, {
      template: e.template,
      audience: e.audience,
      occasion: e.occasion,
      at: e.at,
      settled: false,
      sent: 0,
      failed: 0,
    });
  },
  tellSettled: (draft: Draft, e: EventOf<'tellSettled'>): void => {
    const tell = draft.crisis.tells[e.key];
    if (!tell) return;
    const failed = e.deliveries.filter(({ status }) => status === 'failed').length;
    const settled = { ...tell, settled: true, sent: e.deliveries.length - failed, failed };
    putRow(tableToChange(draft, 'tells'), e.key, settled);
    forgetOld(draft, e.at);
    for (const row of e.deliveries) put(draft, tellRow(tell.template, row, e.at));
  },
  updatePromised: ({ crisis }: Draft, e: EventOf<'updatePromised'>): void => {
    crisis.updateDueAt = e.until;
  },
  updateReminded: ({ crisis }: Draft, e: EventOf<'updateReminded'>): void => {
    crisis.updateRemindedFor = e.promisedAt;
  },
  managementTold: ({ crisis }: Draft, e: EventOf<'managementTold'>): void => {
    crisis.rungsTold = [...new Set([...crisis.rungsTold, e.rung])];
  },
};
