import { setHandler } from '@temporalio/workflow';
import {
  commandNames,
  parseCommand,
  type Answer,
  type Command,
  type CommandName,
  type CommandOf,
} from '../domain/command.js';
import { phaseOf } from '../domain/engine/questions.js';
import { whyNot } from '../domain/engine/whyNot.js';
import type { Tally } from '../domain/event.js';
import { notSeen } from '../domain/intake/parcel.js';
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

/**
 * Takes every command as an Update, which is refused with a reason, and as a Signal, which cannot be answered: there a refusal
 * is noted on the timeline. Neither ever fails the workflow task.
 */
export const takeCommands = (course: Course, input: CrisisInput) => {
  const commandIds = createRemembered(commandIdsKept, idsIn(input));
  const alertIds = createRemembered(alertIdsKept, alertIdsIn(input));
  let signals = 0;
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
    const reason = isRepeat(parsed.command) ? undefined : whyNot(course.crisis(), course.plan(), parsed.command);
    if (reason !== undefined) throw new Error(reason);
  };
  const obey = (command: Command): void => {
    const { id } = command;
    if (id !== undefined) commandIds.add(id);
    if (command.command === 'alert') hear(command);
    else course.on({ type: 'command', command });
  };
  const hear = (command: CommandOf<'alert'>): void => {
    const { fresh, ids } = notSeen(command.tallies, alertIds);
    for (const id of ids) alertIds.add(id);
    if (course.crisis().status === 'closed') tooLate.push(...fresh);
    else if (fresh.length > 0) course.on({ type: 'command', command: { ...command, tallies: fresh } });
  };
  const take = (name: CommandName, sent: unknown): Answer => {
    const parsed = parseCommand(name, sent);
    if ('fault' in parsed) course.on({ type: 'refused', command: name, by: whoSent(sent), reason: parsed.fault });
    else if (!isRepeat(parsed.command)) obey(parsed.command);
    return answer();
  };

  for (const name of commandNames) {
    setHandler(updateOf(name), (sent) => take(name, sent), { validator: (sent) => validate(name, sent) });
    setHandler(signalOf(name), (sent) => {
      signals++;
      take(name, sent);
    });
  }
  return {
    ids: () => ({ commandIds: commandIds.list(), alertIds: alertIds.list() }),
    signals: () => signals,
    /** Alerts that came when the crisis was closed: they belong to the next one. */
    tooLate: (): readonly Tally[] => tooLate,
  };
};

const whoSent = (sent: unknown): string => {
  const by = (sent as { by?: unknown } | null)?.by;
  return typeof by === 'string' && by !== '' ? by.slice(0, 200) : 'unknown';
};
