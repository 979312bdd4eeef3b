import { CancellationScope, isCancellation, workflowInfo } from '@temporalio/workflow';
import type { Crisis } from '../domain/crisis.js';
import type { NumberedEvent } from '../domain/record.js';
import { keeping } from './acts.js';

/** A projection carries at most so many events at once; the next one takes the rest. */
const eventsAtOnce = 500;

/**
 * Brings the state into SQL: one projection under way at a time, and what happens meanwhile forms the next.
 * A dead database delays it and nothing else.
 */
export const createProjector = (unflushed: NumberedEvent[], state: () => Crisis, flushed: () => void) => {
  let scope: CancellationScope | undefined;

  const project = async (): Promise<void> => {
    const events = unflushed.slice(0, eventsAtOnce);
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
