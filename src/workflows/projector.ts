import { CancellationScope, isCancellation, ParentClosePolicy, startChild, workflowInfo } from '@temporalio/workflow';
import { workflowIdBeside } from '../domain/crisisId.js';
import type { Crisis } from '../domain/crisis.js';
import type { NumberedEvent } from '../domain/record.js';
import type { Activities } from '../activities/activities.js';
import { keeping } from './acts.js';
import { createAlarm } from './alarm.js';
import { bytesOf, firstOf } from './portions.js';

type Projection = Parameters<Activities['project']>[0];

/** A projection carries at most so much at once, beside the state; the next one takes the rest. Temporal takes two megabytes. */
const eventsAtOnce = 500;
const bytesAtOnce = 400_000;

/** What is carried into another run or workflow beside the state and the plan. */
const bytesCarried = 500_000;

const portion = (unflushed: readonly NumberedEvent[]): NumberedEvent[] =>
  firstOf(unflushed.slice(0, eventsAtOnce), bytesAtOnce);

/** As long as an answer is about to come, what is in SQL may be behind by so much, or until the answer or anything else comes. */
const freshForMs = 1_000;

type Projected = {
  /** What no projection has taken yet; a projection takes its part away. */
  unflushed: NumberedEvent[];
  state: () => Crisis;
  /** The main loop should look again. */
  touch: () => void;
  /**
   * Those before 3 went by the age of the last projection; before 5 the first one waited for nothing, and all others had a
   * timer, two events a message.
   */
  engine: () => number;
};

/**
 * Brings the state into SQL: one projection under way at a time, and what happens meanwhile forms the next. While messages
 * are on their way, whose outcomes come in a moment, it waits for these, so that a page costs one projection and not three; for
 * whatever else comes after a second, it waits no longer. The first one, which brings the crisis onto the lists, waits a second at
 * most: the first page has the machine for itself. A dead database delays it and nothing else.
 */
export const createProjector = ({ unflushed, state, touch, engine }: Projected) => {
  let scope: CancellationScope | undefined;
  let lastAt: number | undefined;
  let behindSince: number | undefined;
  const hold = createAlarm(touch);

  const mayWait = (): boolean => {
    const now = Date.now();
    if (lastAt === undefined && engine() < 5) return false;
    if (lastAt !== undefined && engine() < 3) return now - lastAt < freshForMs;
    behindSince ??= now;
    if (lastAt === undefined || engine() < 5) hold.setTo(behindSince + freshForMs, () => 'what happened is kept');
    return now - behindSince < freshForMs;
  };

  const next = (): Projection => {
    const { workflowId, runId } = workflowInfo();
    return { workflowId, runId, crisis: state(), events: portion(unflushed) };
  };
  const project = async (): Promise<void> => {
    const projection = next();
    await keeping.project(projection);
    unflushed.splice(0, projection.events.length);
  };

  return {
    isBusy: () => scope !== undefined,
    start(moreIsComing: boolean): void {
      if (scope !== undefined || unflushed.length === 0) return;
      if (moreIsComing && mayWait()) return;
      lastAt = Date.now();
      behindSince = undefined;
      hold.setTo(undefined);
      scope = new CancellationScope();
      void scope.run(project).then(
        () => {
          scope = undefined;
          touch();
        },
        (error: unknown) => {
          scope = undefined;
          if (!isCancellation(error)) throw error;
        },
      );
    },
    stop: () => scope?.cancel(),
    /** After hours without a database there may be more than can be carried: workflows of their own wait with it. */
    async unload(): Promise<void> {
      while (unflushed.reduce((sum, event) => sum + bytesOf(event), 0) > bytesCarried) {
        const projection = next();
        await startChild<(projection: Projection) => Promise<void>>('projection', {
          workflowId: `${workflowIdBeside('projection', projection.crisis.crisisId)}:${projection.events[0]?.seq ?? 0}`,
          args: [projection],
          parentClosePolicy: ParentClosePolicy.ABANDON,
        });
        unflushed.splice(0, projection.events.length);
      }
    },
  };
};
