import type { ActivateInput, WorkflowInterceptors } from '@temporalio/workflow';
import { askedBetweenTasks } from './messages.js';

type Activation = Pick<ActivateInput['activation'], 'timestamp' | 'historyLength' | 'historySizeBytes' | 'isReplaying'>;
type Seen = { length: number; clock: string };

const seenIn = ({ timestamp, historyLength, historySizeBytes }: Activation): Seen => ({
  length: historyLength ?? 0,
  clock: [timestamp?.seconds, timestamp?.nanos, historySizeBytes].map(String).join(' '),
});

/**
 * Tells whether events come before the task in which they are to be decided. A task brings a time and a size of the history
 * with it; where there are new events and neither has changed, no task has begun.
 */
export const createTaskWatch = () => {
  let last: Seen | undefined;
  return (activation: Activation): boolean => {
    const [before, now] = [last, seenIn(activation)];
    last = now;
    return !!before && !activation.isReplaying && now.length > before.length && now.clock === before.clock;
  };
};

/**
 * Nobody decides on half of a task. When a worker is gone and another one answers a query, the SDK's core hands it all events
 * that there are, those as well whose task has not begun, at the time of the task before. What is decided then is sent with the
 * next task and fits no replay, and an alarm that rings seems to ring too early. So the query is refused; whoever asks
 * again a moment later is answered by the task itself (docs/decisions/0037-whole-tasks.md).
 */
export const interceptors = (): WorkflowInterceptors => {
  const isBetweenTasks = createTaskWatch();
  return {
    internals: [
      {
        activate: (input, next) => {
          if (isBetweenTasks(input.activation)) throw new Error(askedBetweenTasks);
          next(input);
        },
      },
    ],
  };
};
