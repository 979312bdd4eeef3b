import { further, type Delivery, type DeliveryStatus } from '../../delivery.js';
import type { Engagement } from '../../crisis.js';
import type { EventOf } from '../../event.js';
import { response } from '../questions.js';
import { writable, type Draft } from './draft.js';
import { copyOfEngagement, openedBy } from './engagement.js';
import { mayNowSee } from './naming.js';
import { forgetOld, put, type Row } from './ledger.js';
import { rowsOf } from './table.js';

/** Changes a copy of an engagement in place, where there is one. */
const change = (draft: Draft, id: string, apply: (engagement: Engagement) => void): void => {
  const engagement = draft.crisis.engagements[id];
  if (!engagement) return;
  const copy = copyOfEngagement(engagement);
  apply(copy);
  writable(draft, 'engagements')[id] = copy;
};

const endLookUp = (engagement: Engagement): void => {
  engagement.lookingUp = false;
};

/** From now on a step may be late again; what was not due before was nobody's delay. */
export const onTimeFrom = (draft: Draft, at: number): void => {
  for (const id in draft.crisis.engagements)
    change(draft, id, (engagement) => {
      engagement.onTimeFrom = at;
    });
};

/** An answer serves every engagement that waits for one. */
const lookedUp = (draft: Draft): void => {
  for (const id in draft.crisis.engagements) if (draft.crisis.engagements[id]?.lookingUp) change(draft, id, endLookUp);
};

/** A page as it is intended. */
export const pageRow = (e: EventOf<'paged'>): Row => ({
  key: e.key,
  kind: 'page',
  about: e.engagement,
  person: e.person,
  channel: e.channel,
  to: e.to,
  status: 'intended',
  intendedAt: e.at,
  settledAt: undefined,
  sentAt: undefined,
  ref: undefined,
  reason: undefined,
  possibleRepeat: undefined,
  bundle: undefined,
});

/** The row after what became of its page. */
export const settled = (delivery: Delivery, e: EventOf<'pageSettled'>): Row => ({
  key: delivery.key,
  kind: delivery.kind,
  about: delivery.about,
  person: delivery.person,
  channel: delivery.channel,
  to: delivery.to,
  status: further(delivery.status, e.status),
  intendedAt: delivery.intendedAt,
  settledAt: e.at,
  sentAt: e.sentAt ?? delivery.sentAt,
  ref: e.ref ?? delivery.ref,
  reason: e.reason ?? delivery.reason,
  possibleRepeat: e.possibleRepeat || delivery.possibleRepeat ? true : undefined,
  bundle: e.bundle ?? delivery.bundle,
});

const beforeAnAnswer: readonly DeliveryStatus[] = ['sent', 'delivered', 'uncertain'];

/** Whoever answers has read what she was sent for it. */
const acknowledgeDeliveries = (draft: Draft, e: EventOf<'acknowledged'>): void => {
  for (const row of rowsOf(draft.crisis.deliveries)) {
    if (row.kind !== 'page' || row.person !== e.by || !e.engagements.includes(row.about)) continue;
    if (beforeAnAnswer.includes(row.status)) put(draft, { ...row, status: 'acknowledged' });
  }
};

/** Who is asked to come, by which message, and who has answered. */
export const foldPaging = {
  engagementOpened: (draft: Draft, e: EventOf<'engagementOpened'>): void => {
    const round = (draft.crisis.engagements[e.engagement]?.round ?? 0) + 1;
    writable(draft, 'engagements')[e.engagement] = openedBy(e, round);
  },
  lookUpBegan: (draft: Draft, e: EventOf<'lookUpBegan'>): void =>
    change(draft, e.engagement, (engagement) => {
      engagement.lookingUp = true;
    }),
  rosterSeen: (draft: Draft, e: EventOf<'rosterSeen'>): void => {
    lookedUp(draft);
    draft.crisis.roster = e.roster;
  },
  rosterFailed: (draft: Draft, _e: EventOf<'rosterFailed'>): void => lookedUp(draft),
  stepTaken: (draft: Draft, e: EventOf<'stepTaken'>): void => {
    change(draft, e.engagement, (engagement) => {
      const fresh = e.people.filter((person) => !engagement.paged.includes(person));
      if (fresh.length > 0) engagement.paged = [...engagement.paged, ...fresh];
      engagement.step = e.step + 1;
      engagement.lookingUp = false;
    });
    mayNowSee(draft, e.people);
  },
  nobodyToPage: (draft: Draft, e: EventOf<'nobodyToPage'>): void =>
    change(draft, e.engagement, (engagement) => {
      engagement.step = e.step + 1;
      engagement.lookingUp = false;
    }),
  roundEnded: (draft: Draft, e: EventOf<'roundEnded'>): void =>
    change(draft, e.engagement, (engagement) => {
      engagement.round = e.round + 1;
      engagement.roundStartedAt = e.at;
      engagement.step = 0;
      engagement.declined = [];
    }),
  paged: (draft: Draft, e: EventOf<'paged'>): void => {
    forgetOld(draft, e.at);
    put(draft, pageRow(e));
  },
  pageSettled: (draft: Draft, e: EventOf<'pageSettled'>): void => {
    const row = draft.crisis.deliveries[e.key];
    if (row) put(draft, settled(row, e));
  },
  acknowledged: (draft: Draft, e: EventOf<'acknowledged'>): void => {
    for (const id of e.engagements)
      change(draft, id, (engagement) => {
        engagement.answeredBy = e.by;
        engagement.answeredAt = e.at;
      });
    acknowledgeDeliveries(draft, e);
    const { crisis } = draft;
    crisis.quiet ||= crisis.status === 'mitigated';
    if (crisis.status === 'triggered') crisis.status = 'acknowledged';
    crisis.acknowledgedAt ??= e.at;
    crisis.acknowledgedBy ??= e.by;
    crisis.lastActedAt = e.at;
  },
  declined: (draft: Draft, e: EventOf<'declined'>): void => {
    draft.crisis.lastActedAt = e.at;
    for (const { id, paged, declined } of Object.values(draft.crisis.engagements))
      if (id === response || paged.includes(e.by))
        change(draft, id, (engagement) => {
          engagement.declined = [...new Set([...declined, e.by])];
        });
  },
  escalated: ({ crisis }: Draft, e: EventOf<'escalated'>): void => {
    crisis.lastActedAt = e.at;
  },
  engagementEnded: (draft: Draft, e: EventOf<'engagementEnded'>): void =>
    change(draft, e.engagement, (engagement) => {
      engagement.endedAt = e.at;
    }),
  ackForgotten: ({ crisis }: Draft, e: EventOf<'ackForgotten'>): void => {
    crisis.lastActedAt = e.at;
  },
};
