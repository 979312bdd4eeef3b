import { z } from 'zod';
import { DurationMs } from './duration.js';
import { factNames, type FactName } from './facts.js';

/** Whom a step pages: a seat on call, a rung of management, a person, or a team. */
export const Target = z
  .string()
  .regex(
    /^(primary|secondary|commander|rotation|(rung|person|team):[\w.-]+)$/,
    'expected primary, secondary, commander, rotation, rung:<id>, person:<id> or team:<id>',
  );
export type Target = z.infer<typeof Target>;

export const PagingStep = z.strictObject({ afterMs: DurationMs, targets: z.array(Target).min(1) });
export type PagingStep = z.infer<typeof PagingStep>;

/** When whom to page while nobody answers. An exhausted policy repeats; it never falls silent. */
export const PagingPolicy = z.strictObject({
  steps: z.array(PagingStep),
  repeatAfterMs: DurationMs,
  /** An acknowledged crisis in which nobody acts for so long is paged again. */
  forgottenAfterMs: DurationMs,
});
export type PagingPolicy = z.infer<typeof PagingPolicy>;

/** A rung of management: engaged after a time, or at once when one of the facts holds. */
export const Rung = z.strictObject({
  id: z.string().min(1),
  title: z.string().min(1),
  people: z.array(z.string()).min(1, 'a rung needs at least one person'),
  engageAfterMs: DurationMs.optional(),
  engageOn: z.array(z.enum(factNames as [FactName, ...FactName[]])).default([]),
});
export type Rung = z.infer<typeof Rung>;
