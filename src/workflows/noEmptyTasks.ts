import {
  defaultPayloadConverter,
  type ActivateInput,
  type ConcludeActivationInput,
  type WorkflowInterceptors,
} from '@temporalio/workflow';
import { createLocals } from './locals.js';
import type { CrisisInput } from './messages.js';

type Jobs = ActivateInput['activation']['jobs'];
type Commands = ConcludeActivationInput['commands'];
type Command = Commands[number];

/** Crises that began before it have tasks on record that left nothing. */
const sinceEngine = 6;
const engineOf = ([input]: readonly unknown[]): number =>
  (input as Partial<CrisisInput> | undefined)?.plan?.engine ?? 0;

/**
 * Whether something has come that a replay brings again. A question leaves nothing in the history, nor does a command that is
 * refused; one that is accepted leaves its answer.
 */
const comesAgain = (jobs: Jobs): boolean =>
  jobs?.some((job) => !job.queryWorkflow && !job.doUpdate && !job.removeFromCache) ?? false;

/** What is begun and called off within one task leaves nothing. */
const pairs = [
  ['startTimer', 'cancelTimer'],
  ['scheduleActivity', 'requestCancelActivity'],
] as const;
type Paired = (typeof pairs)[number][number];

const numbersOf = (commands: Commands, kind: Paired): number[] =>
  commands.flatMap((command) => command[kind]?.seq ?? []);
const differ = (some: readonly number[], others: readonly number[]): boolean =>
  some.some((seq) => !others.includes(seq)) || others.some((seq) => !some.includes(seq));

const isPaired = (command: Command): boolean => pairs.flat().some((kind) => command[kind]);
const isAnswer = ({ respondToQuery, updateResponse }: Command): boolean =>
  respondToQuery != null || updateResponse?.rejected != null;

/** Whether the history will show that these commands were given. */
export const leaveATrace = (commands: Commands): boolean =>
  pairs.some(([begin, callOff]) => differ(numbersOf(commands, begin), numbersOf(commands, callOff))) ||
  commands.some((command) => !isPaired(command) && !isAnswer(command));

/** Removes a memo that nobody ever sets. */
const trace = (): Command => ({
  modifyWorkflowProperties: { upsertedMemo: { fields: { none: defaultPayloadConverter.toPayload(undefined) } } },
});

/**
 * No task of a crisis ends without a trace in its history (docs/decisions/0041-no-empty-tasks.md). Of two tasks in a row that
 * left none the SDK's core takes the second for a part of what follows, when that is a command and another worker is the first
 * to read it: the two are decided together, the command first, at the later time. A replay sees the answer to the command in
 * the history, and keeps them apart. So a task that would leave nothing changes a memo into what it is.
 *
 * Within one task a local activity may end alone or together with what came beside it; it leaves a mark of its own, and nothing
 * is added where there is one.
 */
export const interceptors = (): WorkflowInterceptors => {
  const locals = createLocals();
  let isKept = false;
  let hasCome = false;
  let hasLocals = false;
  return {
    inbound: [
      {
        execute: (input, next) => {
          isKept = engineOf(input.args) >= sinceEngine;
          return next(input);
        },
      },
    ],
    internals: [
      {
        activate: (input, next) => {
          const { jobs } = input.activation;
          hasCome ||= comesAgain(jobs);
          hasLocals ||= locals.areUnderWay();
          locals.hear(jobs);
          next(input);
        },
        concludeActivation: (input, next) => {
          const { commands } = next(input);
          locals.begin(commands);
          const isEmpty = hasCome && !hasLocals && !locals.areUnderWay() && !leaveATrace(commands);
          hasCome = hasLocals = false;
          return { commands: isKept && isEmpty ? [...commands, trace()] : commands };
        },
      },
    ],
  };
};
