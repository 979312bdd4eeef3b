import { workflowInfo, type ActivateInput, type WorkflowInterceptors } from '@temporalio/workflow';
import { createLocals } from './locals.js';
import { askedBetweenTasks } from './messages.js';

type Activation = Pick<
  ActivateInput['activation'],
  'timestamp' | 'historyLength' | 'historySizeBytes' | 'isReplaying' | 'jobs'
>;
type Jobs = Activation['jobs'];
type Seen = { [Part in 'timestamp' | 'historyLength' | 'historySizeBytes']: Activation[Part] | undefined };

/** Numbers of 64 bits come as objects, so they are compared as they are written. */
const areAlike = (one: unknown, other: unknown): boolean => String(one) === String(other);

const areOfOneTask = (before: Seen, now: Seen): boolean =>
  areAlike(before.historySizeBytes, now.historySizeBytes) &&
  areAlike(before.timestamp?.seconds, now.timestamp?.seconds) &&
  areAlike(before.timestamp?.nanos, now.timestamp?.nanos);

/**
 * Tells whether events come before the task in which they are to be decided. A task brings a time and a size of the history
 * with it; where there are new events and neither has changed, no task has begun.
 */
export const createTaskWatch = () => {
  let last: Seen | undefined;
  return ({ timestamp, historyLength, historySizeBytes, isReplaying }: Activation): boolean => {
    const [before, now]: [Seen | undefined, Seen] = [last, { timestamp, historyLength, historySizeBytes }];
    last = now;
    if (!before || isReplaying || (historyLength ?? 0) <= (before.historyLength ?? 0)) return false;
    return areOfOneTask(before, now);
  };
};

const onlyAsks = (jobs: Jobs): boolean => !!jobs && jobs.length > 0 && jobs.every((job) => job.queryWorkflow);

/** Queries that the server holds back until a task have an id each; this is the one of those that come without a task. */
const asksWithoutTask = (jobs: Jobs): boolean =>
  !!jobs && jobs.some(({ queryWorkflow: query }) => query?.queryId === 'legacy_query');

/**
 * Tells whether the first question of all comes after the first task that was decided here, and before the second, in a workflow
 * that had tasks before. Then nobody can say whether that task was this worker's, or came with the question because another
 * worker had begun it.
 */
export const createFirstTaskWatch = () => {
  let hasReplayed = false;
  let tasks = 0;
  let decidedUpTo = 0;
  let isTrusted = false;
  return ({ jobs, isReplaying, historyLength }: Activation): boolean => {
    if (asksWithoutTask(jobs)) {
      const isDoubtful = hasReplayed && tasks === 1 && !isTrusted;
      isTrusted ||= tasks === 0;
      return isDoubtful;
    }
    if (onlyAsks(jobs)) return false;
    hasReplayed ||= isReplaying === true;
    if (isReplaying || (historyLength ?? 0) <= decidedUpTo) return false;
    decidedUpTo = historyLength ?? 0;
    tasks++;
    return false;
  };
};

const taskReplaced = 'the task before was given up; decided again from its begin';

const millisecondsOf = ({ timestamp }: Pick<Activation, 'timestamp'>): number =>
  Number(timestamp?.seconds ?? 0) * 1_000 + (timestamp?.nanos ?? 0) / 1e6;

/**
 * Tells whether a task has come in place of one that the server took back. Core reports a task that a local activity keeps open
 * after four fifths of its time and is given the next one: while one is under way, a task that comes before that or after the
 * time has run out follows no report. What another worker held open is begun afresh here, and may be long ago.
 */
export const createReplacedWatch = (taskTimeoutMs: () => number) => {
  let last: { upTo: number; begunAt: number; isOurs: boolean } | undefined;
  return (activation: Activation, isHeldOpen: boolean): boolean => {
    const [before, upTo] = [last, activation.historyLength ?? 0];
    // The end of a local activity comes within the task, at a time of its own.
    if (onlyAsks(activation.jobs) || upTo <= (before?.upTo ?? -1)) return false;
    last = { upTo, begunAt: millisecondsOf(activation), isOurs: !activation.isReplaying };
    if (!before?.isOurs || !last.isOurs || !isHeldOpen) return false;
    const afterMs = last.begunAt - before.begunAt;
    return afterMs < taskTimeoutMs() * 0.75 || afterMs >= taskTimeoutMs();
  };
};

/** Queries that come with a task, and end it. */
const asksWithTask = (jobs: Jobs): boolean => onlyAsks(jobs) && !asksWithoutTask(jobs);

/**
 * Whoever asks changes nothing (docs/decisions/0037-whole-tasks.md). The SDK's core does not keep this up by itself:
 *
 * - When a worker is gone and another one answers a query, core hands it all events that there are, those as well whose task
 *   has not begun, at the time of the task before. What is decided then is sent with the next task and fits no replay, and an
 *   alarm that rings seems to ring too early. So that query is refused, which makes core forget the workflow; whoever asks
 *   again a moment later is answered by the task itself.
 * - What core hands over so can as well end with the begin of a task that went down with the other worker. It then looks like a
 *   task of this worker, and its time is wrong once it has run out. So the first task after a workflow has come to another
 *   worker is not trusted: where the first query of all follows it, it is refused as well.
 * - With the answer to a query core ends the task, also when a local activity has just ended on which nothing has been decided
 *   yet: it is decided with the next task, and in a replay with this one. So that query is passed over; the server
 *   asks it again once the task has ended.
 *
 * Nor does it notice that a task has been taken from it (docs/decisions/0043-replaced-tasks.md): the server gives one up when
 * too much comes meanwhile, or its time has run out, and while a local activity is under way core takes the next task for a
 * part of it. So that task is refused, which makes core forget the workflow; it is decided from its begin.
 */
export const interceptors = (): WorkflowInterceptors => {
  const isBetweenTasks = createTaskWatch();
  const isAfterFirst = createFirstTaskWatch();
  const isReplaced = createReplacedWatch(() => workflowInfo().taskTimeoutMs);
  const locals = createLocals();
  return {
    internals: [
      {
        activate: (input, next) => {
          const { jobs } = input.activation;
          if (isReplaced(input.activation, locals.areUnderWay())) throw new Error(taskReplaced);
          const [isBetween, mayBeBetween] = [isBetweenTasks(input.activation), isAfterFirst(input.activation)];
          if (isBetween || mayBeBetween) throw new Error(askedBetweenTasks);
          locals.hear(jobs);
          if (!(locals.areUnderWay() && asksWithTask(jobs))) next(input);
        },
        concludeActivation: (input, next) => {
          locals.begin(input.commands);
          return next(input);
        },
      },
    ],
  };
};
