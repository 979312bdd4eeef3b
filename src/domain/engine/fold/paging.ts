import type { Crisis, Engagement } from '../../crisis.js';
import { further, type Delivery } from '../../delivery.js';
import type { EventOf } from '../../event.js';
import { response } from '../questions.js';
import { withRows } from './ledger.js';

const change = (crisis: Crisis, id: string, fields: Partial<Engagement>): Crisis => {
  const engagement = crisis.engagements[id];
  if (!engagement) return crisis;
  return { ...crisis, engagements: { ...crisis.engagements, [id]: { ...engagement, ...fields } } };
};

/** From now on a step may be late again; what was not due before was nobody's delay. */
export const onTimeFrom = (engagements: Crisis['engagements'], at: number): Crisis['engagements'] =>
  Object.fromEntries(Object.entries(engagements).map(([id, it]) => [id, { ...it, onTimeFrom: at }]));

/** An answer serves every engagement that waits for one. */
const lookedUp = (crisis: Crisis): Crisis => ({
  ...crisis,
  engagements: Object.fromEntries(
    Object.entries(crisis.engagements).map(([id, it]) => [id, it.lookingUp ? { ...it, lookingUp: false } : it]),
  ),
});

/** A page as it is intended. */
export const pageRow = (e: EventOf<'paged'>): Delivery => ({
  key: e.key,
  kind: 'page',
  about: e.engagement,
  person: e.person,
  channel: e.channel,
  to: e.to,
  status: 'intended',
  intendedAt: e.at,
});

/** The row after what became of its page. */
export const settled = (delivery: Delivery, e: EventOf<'pageSettled'>): Delivery => ({
  ...delivery,
  status: further(delivery.status, e.status),
  settledAt: e.at,
  ...(e.sentAt !== undefined && { sentAt: e.sentAt }),
  ...(e.ref !== undefined && { ref: e.ref }),
  ...(e.reason !== undefined && { reason: e.reason }),
  ...(e.possibleRepeat && { possibleRepeat: true }),
});

const acknowledgedDeliveries = (crisis: Crisis, e: EventOf<'acknowledged'>): Crisis['deliveries'] => {
  const hers = (row: Delivery) => row.kind === 'page' && row.person === e.by && e.engagements.includes(row.about);
  return Object.fromEntries(
    Object.entries(crisis.deliveries).map(([key, row]) => [
      key,
      hers(row) && ['sent', 'delivered', 'uncertain'].includes(row.status)
        ? { ...row, status: 'acknowledged' as const }
        : row,
    ]),
  );
};

/** Who is asked to come, by which message, and who has answered. */
export const foldPaging = {
  engagementOpened: (crisis: Crisis, e: EventOf<'engagementOpened'>): Crisis => ({
    ...crisis,
    engagements: {
      ...crisis.engagements,
      [e.engagement]: {
        id: e.engagement,
        reason: e.reason,
        openedAt: e.at,
        ...(e.steps.length > 0 && { steps: e.steps }),
        repeatAfterMs: e.repeatAfterMs,
        ...(e.insistent && { insistent: true }),
        round: (crisis.engagements[e.engagement]?.round ?? 0) + 1,
        roundStartedAt: e.at,
        step: 0,
        lookingUp: false,
        paged: [],
        declined: [],
      },
    },
  }),
  lookUpBegan: (crisis: Crisis, e: EventOf<'lookUpBegan'>): Crisis => change(crisis, e.engagement, { lookingUp: true }),
  rosterSeen: (crisis: Crisis, e: EventOf<'rosterSeen'>): Crisis => ({ ...lookedUp(crisis), roster: e.roster }),
  rosterFailed: (crisis: Crisis, _e: EventOf<'rosterFailed'>): Crisis => lookedUp(crisis),
  stepTaken: (crisis: Crisis, e: EventOf<'stepTaken'>): Crisis =>
    change(crisis, e.engagement, {
      step: e.step + 1,
      lookingUp: false,
      paged: [...new Set([...(crisis.engagements[e.engagement]?.paged ?? []), ...e.people])],
    }),
  nobodyToPage: (crisis: Crisis, e: EventOf<'nobodyToPage'>): Crisis =>
    change(crisis, e.engagement, { step: e.step + 1, lookingUp: false }),
  roundEnded: (crisis: Crisis, e: EventOf<'roundEnded'>): Crisis =>
    change(crisis, e.engagement, { round: e.round + 1, roundStartedAt: e.at, step: 0, declined: [] }),
  paged: (crisis: Crisis, e: EventOf<'paged'>): Crisis => ({
    ...crisis,
    deliveries: withRows(crisis.deliveries, [pageRow(e)], e.at),
  }),
  pageSettled: (crisis: Crisis, e: EventOf<'pageSettled'>): Crisis => {
    const row = crisis.deliveries[e.key];
    return row ? { ...crisis, deliveries: { ...crisis.deliveries, [e.key]: settled(row, e) } } : crisis;
  },
  acknowledged: (crisis: Crisis, e: EventOf<'acknowledged'>): Crisis => {
    const answered = e.engagements.reduce((c, id) => change(c, id, { answeredBy: e.by, answeredAt: e.at }), crisis);
    return {
      ...answered,
      status: crisis.status === 'triggered' ? 'acknowledged' : crisis.status,
      acknowledgedAt: crisis.acknowledgedAt ?? e.at,
      acknowledgedBy: crisis.acknowledgedBy ?? e.by,
      lastActedAt: e.at,
      quiet: crisis.quiet || crisis.status === 'mitigated',
      deliveries: acknowledgedDeliveries(crisis, e),
    };
  },
  declined: (crisis: Crisis, e: EventOf<'declined'>): Crisis => ({
    ...crisis,
    lastActedAt: e.at,
    engagements: Object.fromEntries(
      Object.entries(crisis.engagements).map(([id, it]) => [
        id,
        it.id === response || it.paged.includes(e.by) ? { ...it, declined: [...new Set([...it.declined, e.by])] } : it,
      ]),
    ),
  }),
  escalated: (crisis: Crisis, e: EventOf<'escalated'>): Crisis => ({ ...crisis, lastActedAt: e.at }),
  engagementEnded: (crisis: Crisis, e: EventOf<'engagementEnded'>): Crisis =>
    change(crisis, e.engagement, { endedAt: e.at }),
  ackForgotten: (crisis: Crisis, e: EventOf<'ackForgotten'>): Crisis => ({ ...crisis, lastActedAt: e.at }),
};
