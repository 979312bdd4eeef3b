import { CancellationScope, isCancellation, workflowInfo } from '@temporalio/workflow';
import type { Crisis } from '../domain/crisis.js';
import type { NumberedEvent } from '../domain/record.js';
import { keeping } from './acts.js';

/** A projection carries at most so much at once, beside the state; the next one takes the rest. Temporal takes two megabytes. */
const eventsAtOnce = 500;
const bytesAtOnce = 400_000;

const portion = (unflushed: readonly NumberedEvent[]): NumberedEvent[] => {
  let [count, bytes] = [0, 0];
  for (const event of unflushed.slice(0, eventsAtOnce)) {
    // Only alerts are large; the others are not worth the writing out.
    bytes += event.event.type === 'alerted' ? JSON.stringify(event).length : 500;
    if (count > 0 && bytes > bytesAtOnce) break;
    count++;
  }
  return unflushed.slice(0, count);
};

/**
 * Brings the state into SQL: one projection under way at a time, and what happens meanwhile forms the next.
 * A dead database delays it and nothing else.
 */
export const createProjector = (unflushed: NumberedEvent[], state: () => Crisis, flushed: () => void) => {
  let scope: CancellationScope | undefined;

  const project = async (): Promise<void> => {
    const events = portion(unflushed);
    const { workflowId, runId } = workflowInfo();
    await keeping.project({ workflowId, runId, crisis: state(), events });
    unflushed.splice(0, events.length);
  };

  return {
    isBusy: () => scope !== undefined,
    start(): void {
      if (scope !== undefined || unflushed.length === 0) return;
      scope = new CancellationScope();
      void scope.run(project).then(
        () => {
          scope = undefined;
          flushed();
        },
        (error: unknown) => {
          scope = undefined;
          if (!isCancellation(error)) throw error;
        },
      );
    },
    stop: () => scope?.cancel(),
  };
};
