import { z } from 'zod';

/** Somebody else than the rotation says, for a while: holidays, swaps. Local times of the schedule’s zone, `until` not included. */
export const Override = z.strictObject({
  from: z.iso.datetime({ local: true }),
  until: z.iso.datetime({ local: true }),
  person: z.string(),
});

/** Who is on call in turns. A shift is counted in local calendar days, so that the hand-off keeps its wall time over clock changes. */
export const Schedule = z.strictObject({
  timeZone: z.string().default('UTC'),
  /** The first hand-off, as local wall time: `2026-01-05T09:00`. */
  startsAt: z.iso.datetime({ local: true }).default('2026-01-05T09:00:00'),
  shiftDays: z.number().int().min(1).default(7),
  people: z.array(z.string()).min(1, 'a schedule needs at least one person'),
  overrides: z.array(Override).default([]),
});
export type Schedule = z.infer<typeof Schedule>;
