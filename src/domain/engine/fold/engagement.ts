import type { Engagement } from '../../crisis.js';
import type { EventOf } from '../../event.js';

/** Also what is not known has its place: engagements of one shape are read and copied several times as fast. */
type EveryField = { [Field in keyof Required<Engagement>]: Engagement[Field] };

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

/** A copy to be changed in place, field by field for the sake of the shape. */
export const copyOfEngagement = (engagement: Engagement): EveryField => ({
  id: engagement.id,
  reason: engagement.reason,
  openedAt: engagement.openedAt,
  steps: engagement.steps,
  repeatAfterMs: engagement.repeatAfterMs,
  insistent: engagement.insistent,
  round: engagement.round,
  roundStartedAt: engagement.roundStartedAt,
  step: engagement.step,
  lookingUp: engagement.lookingUp,
  paged: engagement.paged,
  declined: engagement.declined,
  onTimeFrom: engagement.onTimeFrom,
  answeredBy: engagement.answeredBy,
  answeredAt: engagement.answeredAt,
  endedAt: engagement.endedAt,
});
