import type { Engagement } from '../../crisis.js';
import type { EventOf } from '../../event.js';

/** Also what is not known has its place: engagements of one shape are read and copied several times as fast. */
type EveryField = { [Field in keyof Required<Engagement>]: Engagement[Field] };

/** What an event changes of an engagement; nothing of it is ever taken back. */
export type Change = Partial<
  Pick<
    Engagement,
    | 'round'
    | 'roundStartedAt'
    | 'step'
    | 'lookingUp'
    | 'paged'
    | 'declined'
    | 'onTimeFrom'
    | 'answeredBy'
    | 'answeredAt'
    | 'endedAt'
  >
>;

export const openedBy = (e: EventOf<'engagementOpened'>, round: number): EveryField => ({
  id: e.engagement,
  reason: e.reason,
  openedAt: e.at,
  steps: e.steps.length > 0 ? e.steps : undefined,
  repeatAfterMs: e.repeatAfterMs,
  insistent: e.insistent ? true : undefined,
  round,
  roundStartedAt: e.at,
  step: 0,
  lookingUp: false,
  paged: [],
  declined: [],
  onTimeFrom: undefined,
  answeredBy: undefined,
  answeredAt: undefined,
  endedAt: undefined,
});

export const changedTo = (before: Engagement, change: Change): EveryField => ({
  id: before.id,
  reason: before.reason,
  openedAt: before.openedAt,
  steps: before.steps,
  repeatAfterMs: before.repeatAfterMs,
  insistent: before.insistent,
  round: change.round ?? before.round,
  roundStartedAt: change.roundStartedAt ?? before.roundStartedAt,
  step: change.step ?? before.step,
  lookingUp: change.lookingUp ?? before.lookingUp,
  paged: change.paged ?? before.paged,
  declined: change.declined ?? before.declined,
  onTimeFrom: change.onTimeFrom ?? before.onTimeFrom,
  answeredBy: change.answeredBy ?? before.answeredBy,
  answeredAt: change.answeredAt ?? before.answeredAt,
  endedAt: change.endedAt ?? before.endedAt,
});
