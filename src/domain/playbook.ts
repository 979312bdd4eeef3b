import { z } from 'zod';
import { CrisisType } from './classification.js';
import { DurationMs } from './duration.js';
import { Target } from './paging.js';
import { Role } from './role.js';

/** What the system does by itself for an automatic task. */
export const automations = [
  'assignCommander',
  'openBridge',
  'tellStakeholders',
  'recordStart',
  'checkHealth',
  'checkMonitoring',
  'listAffected',
  'mitigate',
  'recover',
  'contain',
  'restoreClean',
  'strengthenMonitoring',
  'recordTimeline',
  'watchRegression',
] as const;
export const Automation = z.enum(automations);
export type Automation = z.infer<typeof Automation>;

/** One item of a checklist. With `does` the system works on it as soon as its phase begins; without, a person does. */
export const Task = z.strictObject({
  id: z.string().min(1),
  group: z.string().min(1),
  text: z.string().min(1),
  role: Role,
  does: Automation.optional(),
  required: z.boolean().default(false),
  /** Part of the recovery validation, without which resolving wants a reason. */
  validates: z.boolean().default(false),
});
export type Task = z.infer<typeof Task>;

export const Phase = z.strictObject({
  id: z.string().min(1),
  title: z.string().min(1),
  /** When the phase should be over, counted from the declared start. */
  untilMs: DurationMs,
  /** The rung of management told when it ends unresolved. */
  tellsRung: z.string().optional(),
  tasks: z.array(Task),
});
export type Phase = z.infer<typeof Phase>;

export const ProcedureStep = z.strictObject({
  id: z.string().min(1),
  title: z.string().min(1),
  /** The slot of the service’s configuration that names the action: `rollback`, `failover` … */
  slot: z.string().min(1),
  parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  /** How long it must hold before it is verified. */
  bakeMs: DurationMs.default(0),
  /** `next`: try the next step. `undo`: take it back and stop. `ask`: a person decides. */
  onFailure: z.enum(['next', 'undo', 'ask']).default('next'),
  /**
   * Before that: go back to the step `from`, at most so many times over the whole procedure, with its `parameter` one
   * higher each time, as when the next older backup is tried.
   */
  again: z
    .strictObject({ from: z.string().min(1), times: z.number().int().min(1), parameter: z.string().min(1) })
    .optional(),
  /** Passed over where no action is configured for it, also when every step is needed. */
  optional: z.boolean().optional(),
  /** Only the action’s own `verify` says whether it worked; the health of the service says nothing about it. */
  verifiesItself: z.boolean().optional(),
  /** Tasks that are done once the step is verified. */
  completes: z.array(z.string().min(1)).optional(),
});
export type ProcedureStep = z.infer<typeof ProcedureStep>;

export const Procedure = z.strictObject({
  id: z.string().min(1),
  title: z.string().min(1),
  /** `firstThatHelps` stops at the first verified step; `everyStep` needs all of them. */
  goal: z.enum(['firstThatHelps', 'everyStep']),
  steps: z.array(ProcedureStep).min(1),
  /** `false`: that it succeeded does not yet mean that the impact has ended. */
  mitigates: z.boolean().optional(),
  /** Nothing is begun while a step that is not optional has no action. */
  needsAllSlots: z.boolean().optional(),
  /** Who is called, and which rung is told, when it cannot go on by itself. */
  whenStuck: z.strictObject({ page: z.array(Target).min(1), tellsRung: z.string().min(1) }).optional(),
});
export type Procedure = z.infer<typeof Procedure>;

export const Playbook = z.strictObject({
  type: CrisisType,
  title: z.string().min(1),
  phases: z.array(Phase).min(1),
  procedures: z.record(z.string(), Procedure),
  /** After the last budget: management hears again and people are paged again at this interval. */
  repeatEveryMs: DurationMs,
  regressionWatchMs: DurationMs,
});
export type Playbook = z.infer<typeof Playbook>;
