import { ApplicationFailure, setHandler } from '@temporalio/workflow';
import {
  commandNames,
  isOpen,
  parseCommand,
  type Answer,
  type Command,
  type CommandName,
  type CommandOf,
} from '../domain/command.js';
import type { Verified } from '../domain/commandProof.js';
import { phaseOf } from '../domain/engine/questions.js';
import { whyNot } from '../domain/engine/whyNot.js';
import type { Tally } from '../domain/event.js';
import { notSeen } from '../domain/intake/tallies.js';
import { purposes } from '../domain/purposes.js';
import { verifying } from './acts.js';
import type { Course } from './course.js';
import { signalOf, updateOf, type CrisisInput } from './messages.js';
import { createRemembered } from './remembered.js';

/** A command sent twice is done once, as long as its id is among the newest so many. */
const commandIdsKept = 1000;

const idsIn = (input: CrisisInput): readonly string[] => {
  if ('carried' in input) return input.carried.commandIds;
  return input.openedBy === undefined ? [] : [input.openedBy];
};

/** So is an alert that counts once, as long as it is among the newest so many. */
const alertIdsKept = 2000;

const alertIdsIn = (input: CrisisInput): readonly string[] =>
  'carried' in input ? (input.carried.alertIds ?? []) : notSeen(input.declaration.tallies).ids;

/** Commands that one run has taken. */
export type Came = { updates: number; signals: number };

/** Of these a refusal stays on the timeline, whichever way they came: somebody tried. */
const dangerous: readonly CommandName[] = ['run', 'approve', 'reject', 'collect'];

/**
 * Takes every command as an Update, which is refused with a reason, and as a Signal, which cannot be answered: there a refusal
 * is noted on the timeline. Neither ever fails the workflow task.
 */
export const takeCommands = (course: Course, input: CrisisInput) => {
  const commandIds = createRemembered(commandIdsKept, idsIn(input));
  const alertIds = createRemembered(alertIdsKept, alertIdsIn(input));
  const came: Came = { updates: 0, signals: 0 };
  const tooLate: Tally[] = [];

  const isRepeat = ({ id }: Command): boolean => id !== undefined && commandIds.has(id);
  const answer = (): Answer => {
    const { crisisId, status, classification, seq } = course.crisis();
    const phase = phaseOf(course.crisis(), course.plan()).id;
    return { crisisId, status, phase, severity: classification.severity, seq };
  };
  const validate = (name: CommandName, sent: unknown): void => {
    const parsed = parseCommand(name, sent);
    if ('fault' in parsed) throw new Error(parsed.fault);
    const [crisis, plan] = [course.crisis(), course.plan()];
    if (isRepeat(parsed.command) || (plan.authority && dangerous.includes(name))) return;
    const reason = whyNot(crisis, plan, parsed.command, { at: Date.now() });
    if (reason !== undefined) throw new Error(reason);
  };
  /** Answers with the reason when it is refused. */
  const obey = (command: Command, proof?: Verified): string | undefined => {
    const { id } = command;
    if (id !== undefined) commandIds.add(id);
    if (command.command !== 'alert') return course.on({ type: 'command', command, ...(proof && { proof }) });
    hear(command);
    return undefined;
  };
  const hear = (command: CommandOf<'alert'>): void => {
    const { fresh, ids } = notSeen(command.tallies, alertIds);
    for (const id of ids) alertIds.add(id);
    if (course.crisis().status === 'closed') tooLate.push(...fresh);
    else if (fresh.length > 0) course.on({ type: 'command', command: { ...command, tallies: fresh } });
  };
  const read = (name: CommandName, sent: unknown): Command | undefined => {
    const parsed = parseCommand(name, sent);
    if ('command' in parsed) return isRepeat(parsed.command) ? undefined : parsed.command;
    course.on({ type: 'refused', command: name, by: whoSent(sent), reason: parsed.fault });
    return undefined;
  };
  /** Decided at once where nothing has to be proven, so that what came first is done first. */
  const take = (name: CommandName, sent: unknown): string | undefined | Promise<string | undefined> => {
    const command = read(name, sent);
    if (!command) return undefined;
    if (!command.proof || !course.plan().authority) return obey(command);
    return verified(course.crisis().crisisId, command, sent).then((proof) =>
      // Sent again meanwhile, it may have been done.
      isRepeat(command) ? undefined : obey(command, proof),
    );
  };

  const settle = (refused: string | undefined): Answer => {
    if (refused !== undefined) throw ApplicationFailure.nonRetryable(refused, 'CommandRefused');
    return answer();
  };

  for (const name of commandNames) {
    setHandler(
      updateOf(name),
      (sent) => {
        came.updates++;
        const taken = take(name, sent);
        return taken instanceof Promise ? taken.then(settle) : settle(taken);
      },
      { validator: (sent) => validate(name, sent), description: described(name) },
    );
    setHandler(
      signalOf(name),
      (sent) => {
        came.signals++;
        const taken = take(name, sent);
        return taken instanceof Promise ? taken.then(() => undefined) : undefined;
      },
      { description: described(name) },
    );
  }
  return {
    ids: () => ({ commandIds: commandIds.list(), alertIds: alertIds.list() }),
    /** How many this run has taken, each way. */
    came,
    /** Alerts that came when the crisis was closed: they belong to the next one. */
    tooLate: (): readonly Tally[] => tooLate,
  };
};

/** What Temporal's own interface says beside the name, for whoever has nothing else at hand. */
const described = (name: CommandName): string =>
  isOpen(name) ? `${purposes[name]}; as JSON, with "by": who you are` : 'for Firebreak itself';

/** Whose command it is, as a worker with the key finds. What cannot be verified in time is not proven, and goes on. */
const verified = async (crisis: string, { command, proof }: Command, sent: unknown): Promise<Verified> => {
  if (!proof) return { fault: 'absent' };
  const { proof: _proof, ...input } = sent as Record<string, unknown>;
  try {
    return await verifying.verify({ crisis, command, input, proof });
  } catch {
    return { fault: 'not verified: no worker could do it' };
  }
};

const whoSent = (sent: unknown): string => {
  const by = (sent as { by?: unknown } | null)?.by;
  return typeof by === 'string' && by !== '' ? by.slice(0, 200) : 'unknown';
};
