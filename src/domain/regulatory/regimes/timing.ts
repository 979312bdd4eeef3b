import { hours, minutes } from '../../duration.js';
import type { ObligationInput } from '../obligation.js';

type Timing = Pick<ObligationInput, 'remindBeforeMs' | 'escalateEveryMs' | 'escalatesTo'>;

/** Management answers for regulators: the specification calls the CTO for them, and after the CTO only the CEO is left. */
const escalatesTo = ['cto', 'ceo'];

/** When to remind and escalate is no law's figure: often enough to act on, seldom enough to be read. */
export const withinHours: Timing = {
  remindBeforeMs: [hours(2), hours(1), minutes(30)],
  escalateEveryMs: hours(1),
  escalatesTo,
};
export const withinADay: Timing = {
  remindBeforeMs: [hours(12), hours(4), hours(1)],
  escalateEveryMs: hours(2),
  escalatesTo,
};
export const withinDays: Timing = {
  remindBeforeMs: [hours(48), hours(24), hours(6), hours(1)],
  escalateEveryMs: hours(4),
  escalatesTo,
};
export const withinWeeks: Timing = {
  remindBeforeMs: [hours(7 * 24), hours(48), hours(24), hours(6)],
  escalateEveryMs: hours(24),
  escalatesTo,
};
