import { z } from 'zod';
import { Alert } from './alert.js';
import { CrisisType } from './classification.js';
import { CommandProof } from './commandProof.js';
import { EvidenceNote } from './evidence.js';
import { Facts } from './facts.js';
import { idsPerTally } from './intake/tallies.js';
import { fileFields } from './regulatory/file.js';
import { markFields } from './regulatory/mark.js';
import { Role } from './role.js';
import { Severity } from './severity.js';

const text = z.string().trim().min(1).max(4000);
const person = z.string().trim().min(1).max(200);

/** On every command: who, by which way, and an id by which sending twice does it once. */
const envelope = {
  id: z.string().max(200).optional(),
  by: person,
  via: z.string().max(50).optional(),
  /** The crisisId that is meant: a link of a crisis long over must not act on the next one of the same cause. */
  crisis: z.string().max(200).optional(),
  /** Believed of crises from before there were proofs, and of no other. */
  proven: z.boolean().optional(),
  /** Who has shown the API a key, signed by it. A crisis believes nothing of it before a worker has verified it. */
  proof: CommandProof.optional(),
};
const Said = z.object({ severity: Severity, type: CrisisType, rule: z.string(), why: z.string() });
const schema = <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject({ ...envelope, ...shape });

/** Each command of the design that an outage needs, one schema each; an Update and a Signal of the same name. */
export const commands = {
  acknowledge: schema({ note: text.optional() }),
  decline: schema({ reason: text.optional() }),
  escalate: schema({ reason: text.optional() }),
  page: schema({
    whom: z.string().regex(/^(person|team|rung):[\w.-]+$|^[\w.-]+$/, 'expected a person’s id, team:<id> or rung:<id>'),
    reason: text.optional(),
  }),
  assign: schema({ role: Role, person }),
  handOver: schema({ role: Role.default('incident-commander'), person, note: text.optional() }),
  assess: schema({ facts: Facts, note: text.optional() }),
  complete: schema({ task: z.string().min(1), note: text.optional() }),
  skip: schema({ task: z.string().min(1), reason: text }),
  advance: schema({ reason: text.optional() }),
  reclassify: schema({ severity: Severity, reason: text }),
  mitigate: schema({ note: text.optional() }),
  resolve: schema({ reason: text.optional() }),
  reopen: schema({ reason: text }),
  standDown: schema({ reason: text }),
  run: schema({
    /** A procedure of the playbook or an action of the plan. */
    what: z.string().min(1),
    parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
    reason: text.optional(),
    /** Without the approvals it needs; wants a reason, and is announced upward. */
    breakGlass: z.boolean().optional(),
  }),
  approve: schema({
    request: z.string().min(1),
    reason: text.optional(),
    /** Alone instead of with the approvals it needs; wants a reason, and is announced upward. */
    breakGlass: z.boolean().optional(),
  }),
  reject: schema({ request: z.string().min(1), reason: text.optional() }),
  announce: schema({ audience: z.string().min(1), text }),
  note: schema({ text }),
  link: schema({ to: z.string().min(1).max(200), relation: z.string().min(1).max(50).default('related') }),
  /** This crisis goes into another one, named by its id or correlation key. */
  merge: schema({
    into: z.string().min(1).max(200),
    reason: text.optional(),
    /** Only linked, when somebody is at work on it already. */
    unlessAnswered: z.boolean().optional(),
  }),
  /** A cause, by its correlation key, becomes a crisis of its own. */
  split: schema({ cause: z.string().min(1).max(200), reason: text.optional() }),
  /** Sets a moment that regulators count from. */
  mark: schema(markFields),
  /** Puts a regulator’s notification on record, or why none is required. */
  file: schema(fileFields),
  /** An entry of the evidence, as it was sealed: only who has sealed it can say so. */
  collect: schema({ entry: EvidenceNote }),
  /** Names one more person who may see a restricted crisis. */
  admit: schema({ person, reason: text.optional() }),
  /** Somebody who may not see it any more, whatever she is called for: until an insider is ruled out. */
  dismiss: schema({ person, reason: text }),
  promote: schema({ to: CrisisType.exclude(['watch']).default('productionOutage'), reason: text.optional() }),
  alert: schema({
    tallies: z
      .array(
        z.object({
          alert: Alert,
          /** Nought: only what state it is in; it has been counted elsewhere. */
          count: z.number().int().min(0),
          also: z.array(z.string().max(100)).max(idsPerTally).readonly().optional(),
          lastAt: z.number(),
          said: Said.optional(),
          cause: z.string().max(200).optional(),
        }),
      )
      .min(1)
      .max(2000),
  }),
} as const;

export type CommandName = keyof typeof commands;
export const commandNames = Object.keys(commands) as CommandName[];

/** Given by Firebreak's own programs alone: alerts come in by the intake, and evidence by its own routes. */
export type OwnCommandName = 'alert' | 'collect';
export type OpenCommandName = Exclude<CommandName, OwnCommandName>;
export const isOpen = (name: CommandName): name is OpenCommandName => name !== 'alert' && name !== 'collect';
/** What people may give. */
export const openCommandNames = commandNames.filter(isOpen);
export type CommandOf<Name extends CommandName> = { command: Name } & z.output<(typeof commands)[Name]>;
export type Command = { [Name in CommandName]: CommandOf<Name> }[CommandName];
/** What a sender may write, before defaults are filled in. */
export type CommandInput<Name extends CommandName> = z.input<(typeof commands)[Name]>;

/** What a command is answered with. */
export type Answer = { crisisId: string; status: string; phase: string; severity: string; seq: number };

/** Parses what came under a command's name; on a fault the field and what was expected, in words. */
export const parseCommand = (name: CommandName, input: unknown): { command: Command } | { fault: string } => {
  const parsed = commands[name].safeParse(input);
  if (parsed.success) return { command: { command: name, ...parsed.data } as Command };
  return { fault: parsed.error.issues.map(({ path, message }) => `${path.join('.') || name}: ${message}`).join('; ') };
};
