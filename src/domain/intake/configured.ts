import { z } from 'zod';
import { DurationMs } from '../duration.js';

const Moment = z.iso.datetime({ offset: true, error: 'expected a time with its zone, such as 2026-03-02T03:00:00Z' });

const hasAnEnd = ({ from, until }: { from?: string | undefined; until: string }): boolean =>
  from === undefined || Date.parse(from) < Date.parse(until);
const ends = { message: 'expected an end after the beginning', path: ['until'] };

/** Alerts that need nobody for a while, matched by label, service, format or detection. It has an end, always. */
export const Silence = z
  .strictObject({
    match: z
      .record(z.string(), z.string())
      .refine((match) => Object.keys(match).length > 0, 'expected at least one label: a silence of everything is none'),
    from: Moment.optional(),
    until: Moment,
    by: z.string().min(1),
    reason: z.string().min(1),
  })
  .refine(hasAnEnd, ends);
export type Silence = z.infer<typeof Silence>;

/** Planned work on services: what their monitors say meanwhile is recorded and calls nobody. */
export const Maintenance = z
  .strictObject({
    services: z.array(z.string()).min(1, 'expected at least one service'),
    from: Moment,
    until: Moment,
    by: z.string().min(1).optional(),
    reason: z.string().min(1),
  })
  .refine(hasAnEnd, ends);
export type Maintenance = z.infer<typeof Maintenance>;

/** An alert that changes so often within the window counts as firing until it has been steady for as long. */
export const Flapping = z.strictObject({
  changes: z.number().int().min(2).default(6),
  withinMs: DurationMs.default(600_000),
});
export type Flapping = z.infer<typeof Flapping>;

/** By what causes can belong together, the most telling first. */
export const correlationKinds = ['region', 'dependency', 'owner'] as const;

/** When more than so many new causes share a correlation within the window, they are one crisis with many causes. */
export const Umbrella = z.strictObject({
  moreThan: z.number().int().min(1).default(10),
  withinMs: DurationMs.default(60_000),
  by: z.array(z.enum(correlationKinds)).default([...correlationKinds]),
  regionLabels: z.array(z.string()).default(['region', 'availability_zone', 'zone', 'datacenter']),
});
export type Umbrella = z.infer<typeof Umbrella>;
