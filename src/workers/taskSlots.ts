import { once } from 'node:events';
import type { WorkerTuner } from '@temporalio/worker';
import { Semaphore } from 'async-mutex';

type Tuner = Extract<WorkerTuner, { workflowTaskSlotSupplier: unknown }>;
type Slots = Extract<Tuner['workflowTaskSlotSupplier'], { type: 'custom' }>;
type Permit = { of: Semaphore };

/** Tasks of crises that this worker has in memory, as many at once as the SDK takes by itself. */
const knownAtOnce = 40;

/**
 * Tasks of those that it has not. Each is decided again from its begin, all of them by one thread: forty at once would all end
 * after the two seconds that a task has, and be handed out again in vain, as long as crises wait for a worker. With three,
 * the first are done before the last are taken (docs/decisions/0038-task-slots.md).
 */
const afreshAtOnce = 3;

/** Hands out the slots for workflow tasks: to known crises freely, to those that come to this worker afresh a few at a time. */
export const createTaskSlots = (sizes = { known: knownAtOnce, afresh: afreshAtOnce }): Slots => {
  const known = new Semaphore(sizes.known);
  const afresh = new Semaphore(sizes.afresh);
  const slotsFor = ({ isSticky }: { isSticky: boolean }): Semaphore => (isSticky ? known : afresh);

  return {
    type: 'custom',
    async reserveSlot(asked, aborted): Promise<Permit> {
      aborted.throwIfAborted();
      const of = slotsFor(asked);
      const acquired = of.acquire();
      const gone = once(aborted, 'abort').then(() => Promise.reject(aborted.reason as Error));
      try {
        await Promise.race([acquired, gone]);
      } catch (error) {
        // What nobody waits for any more goes back as soon as it comes.
        void acquired.then(() => of.release());
        throw error;
      }
      return { of };
    },
    tryReserveSlot(asked): Permit | null {
      const of = slotsFor(asked);
      if (of.isLocked()) return null;
      void of.acquire();
      return { of };
    },
    markSlotUsed: () => undefined,
    releaseSlot: ({ permit }) => (permit as Permit).of.release(),
  };
};
