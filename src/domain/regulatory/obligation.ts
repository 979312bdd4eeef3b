import { z } from 'zod';
import { DurationMs } from '../duration.js';
import { Mark } from './mark.js';

export const regimes = ['GDPR', 'NIS2', 'DORA', 'SEC', 'CRA'] as const;
export const Regime = z.enum(regimes);
export type Regime = z.infer<typeof Regime>;

const count = z.number().int().min(1).max(1000);
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time such as 17:30');

/** How long a regulator gives. Days and months are the calendar's, business days those of US federal offices. */
export const Term = z.union([
  z.strictObject({ hours: count }),
  z.strictObject({ days: count }),
  z.strictObject({ months: count }),
  /** Until `closesAt`, wall time of `zone`, of the last business day. */
  z.strictObject({ businessDays: count, closesAt: time, zone: z.string() }),
]);
export type Term = z.infer<typeof Term>;

/** What it is counted from: a mark, or the filing of another obligation. */
const Start = z.union([z.strictObject({ mark: Mark }), z.strictObject({ filing: z.string().min(1) })]);
export type Start = z.infer<typeof Start>;

/** One thing a regulator wants: from when, until when, and by whose words. Data, so that an organisation can overrule every figure. */
export const Obligation = z.strictObject({
  id: z.string().regex(/^[\w.-]+$/, 'an id holds letters, digits, dots, dashes and underscores'),
  regime: Regime,
  title: z.string().min(1),
  /** Who hears: the authority, the people concerned, the investors. */
  to: z.string().min(1),
  from: Start,
  within: Term,
  /** And in no case later than this. */
  atMost: z.strictObject({ from: Start, within: Term }).optional(),
  /** The law holds for what has become known on or after this day. */
  inForceFrom: z.iso.date().optional(),
  /** It may be filed in parts: the first in time, the rest after it. */
  phased: z.boolean().default(false),
  /** A late filing must give its reasons. */
  lateGivesReasons: z.boolean().default(false),
  /** Reminders go out so long before it is due. */
  remindBeforeMs: z.array(DurationMs),
  /** Once overdue, it is escalated at this interval until it is filed … */
  escalateEveryMs: DurationMs,
  /** … to these rungs of management, one after the other; the last one again and again. */
  escalatesTo: z.array(z.string().min(1)).min(1),
  /** Where the figure stands. `law: false`: the law names none, and the figure is our own. */
  source: z.string().min(1),
  law: z.boolean().default(true),
  /** As of which day somebody last compared it with the source. */
  asOf: z.iso.date(),
});
export type Obligation = z.infer<typeof Obligation>;
export type ObligationInput = z.input<typeof Obligation>;
