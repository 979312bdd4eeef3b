import { z } from 'zod';
import { CrisisType } from './classification.js';
import { commandNames, type CommandName } from './command.js';
import { statuses } from './crisis.js';
import { ChannelName } from './delivery.js';
import { DurationMs } from './duration.js';
import { Facts } from './facts.js';
import { Contact } from './person.js';
import { Severity } from './severity.js';

const Id = z.string().regex(/^[\w.-]+$/, 'an id holds letters, digits, dots, dashes and underscores');
const text = z.string().trim().min(1).max(1000);
const after = DurationMs.describe('how long after the start of the rehearsal');

const AlertMoment = z.strictObject({
  after,
  alert: z.strictObject({
    summary: text.optional(),
    facts: Facts.strict().optional(),
    status: z.enum(['firing', 'resolved']).default('firing'),
    dedupKey: text.optional(),
    /** What the configuration’s `facts` match on. */
    labels: z.record(z.string().max(200), z.string().max(1024)).optional(),
    /** A storm: so many of the same at once. */
    count: z.number().int().min(1).max(10_000).default(1),
  }),
});
const AnswerMoment = z.strictObject({
  after,
  answer: z.strictObject({ by: Id, how: z.enum(['acknowledge', 'decline']), reason: text.optional() }),
});
const CommandMoment = z.strictObject({
  after,
  command: z.looseObject({ name: z.enum(commandNames as [CommandName, ...CommandName[]]), by: Id }),
});
/** From then on the action is not run, and answers so. */
const ActionMoment = z.strictObject({
  after,
  actionResult: z.strictObject({
    action: Id,
    status: z.enum(['succeeded', 'failed', 'uncertain']),
    summary: text.optional(),
    tookMs: DurationMs.default(1_000),
  }),
});
/** From then on nothing goes out by this channel, or to this person. */
const ChannelMoment = z.strictObject({
  after,
  channelFails: z
    .strictObject({ channel: ChannelName.optional(), person: Id.optional(), forMs: DurationMs.optional() })
    .refine(({ channel, person }) => channel !== undefined || person !== undefined, 'expected a channel or a person'),
});
const DeathMoment = z.strictObject({
  after,
  processDies: z.literal('worker'),
  /** How long it takes until another one is there. */
  backAfterMs: DurationMs.default(0),
});

/** One thing that happens to a rehearsed crisis from outside. */
export const Moment = z.union([AlertMoment, AnswerMoment, CommandMoment, ActionMoment, ChannelMoment, DeathMoment]);
export type Moment = z.infer<typeof Moment>;
export type MomentOf<Key extends 'alert' | 'answer' | 'command' | 'actionResult' | 'channelFails' | 'processDies'> =
  Extract<Moment, Record<Key, unknown>>;

/** What must come true; what is not named is not judged. */
export const Expectations = z.strictObject({
  severity: Severity.optional(),
  type: CrisisType.optional(),
  status: z.enum(statuses).optional(),
  /** Somebody takes part, with any deed, within so long of the declaration. */
  engagedWithinMs: DurationMs.optional(),
  nobodyEngages: z.literal(true).optional(),
  answeredBy: Id.optional(),
  paged: z.array(z.strictObject({ person: Id, withinMs: DurationMs.optional() })).default([]),
  notPaged: z.array(Id).default([]),
  budgetsEnded: z.number().int().min(0).optional(),
  /** Rungs of management that are told or paged, and by when. */
  management: z.array(z.strictObject({ rung: Id, withinMs: DurationMs.optional() })).default([]),
  procedures: z.record(Id, z.enum(['running', 'asking', 'succeeded', 'failed', 'cancelled'])).default({}),
  actions: z.record(Id, z.enum(['succeeded', 'failed', 'uncertain', 'not run'])).default({}),
  regressions: z.number().int().min(0).optional(),
  alerts: z.number().int().min(0).optional(),
});
export type Expectations = z.infer<typeof Expectations>;

/**
 * Who a drill may reach. `people` are reached at their own addresses; all others of the configuration are stood in for by one
 * address, in which `{person}` becomes their id. Without a stand-in, what would have gone to them is refused and recorded.
 */
export const DrillAudience = z.strictObject({
  people: z.array(Id).default([]),
  standIn: Contact.optional(),
});
export type DrillAudience = z.infer<typeof DrillAudience>;

/** A crisis that is rehearsed: on the simulated clock (`simulate`) or for real within bounds (`drill`). */
export const Scenario = z.strictObject({
  id: z.string().regex(/^[a-z\d][a-z\d-]{0,59}$/, 'expected lower case letters, digits and dashes'),
  title: text,
  /** What it is for, in a sentence or two. */
  about: text.optional(),
  service: Id,
  /** Absent: the rules classify by the facts. */
  severity: Severity.optional(),
  facts: Facts.strict().default({}),
  /** Without any alert here, one comes at the start. */
  at: z.array(Moment).default([]),
  until: DurationMs,
  expect: Expectations.prefault({}),
  audience: DrillAudience.prefault({}),
  /** The actions that a drill really runs; every other is refused, unless the scenario says its result. */
  targets: z.array(Id).default([]),
});
export type Scenario = z.infer<typeof Scenario>;

/** The moments in the order in which they happen; of equals the first named. The first alert is there, said or not. */
export const momentsOf = ({ at }: Scenario): Moment[] => {
  const alerted = at.some((moment) => 'alert' in moment);
  const opening: Moment = { after: 0, alert: { status: 'firing', count: 1 } };
  return [...(alerted ? [] : [opening]), ...at].toSorted((a, b) => a.after - b.after);
};
