import { CancellationScope, isCancellation, ParentClosePolicy, startChild, workflowInfo } from '@temporalio/workflow';
import { workflowIdBeside } from '../domain/crisisId.js';
import type { Crisis } from '../domain/crisis.js';
import type { NumberedEvent } from '../domain/record.js';
import type { Activities } from '../activities/activities.js';
import { keeping, keepingAtOnce } from './acts.js';
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

/** As long as more is about to happen, what is in SQL may be behind by so much. */
const freshForMs = 1_000;

type Projected = {
  /** What no projection has taken yet; a projection takes its part away. */
  unflushed: NumberedEvent[];
  state: () => Crisis;
  /** The main loop should look again. */
  touch: () => void;
  /**
   * Those of engine 2 went by the age of the last projection; up to 3 never waited with the first, and projected by an
   * activity every time.
   */
  engine: () => number;
};

/**
 * Brings the state into SQL: one projection under way at a time, and what happens meanwhile forms the next. While messages
 * are on their way, whose outcomes come in a moment, it waits for these, but no longer than a second, so that a page costs
 * one projection and not three. Whatever is on its way has left by then: a projection within the workflow task holds up
 * what else is decided in it, and a database that does not answer may not hold up a page. A dead one delays this and nothing else.
 */
export const createProjector = ({ unflushed, state, touch, engine }: Projected) => {
  let scope: CancellationScope | undefined;
  let lastAt: number | undefined;
  let behindSince: number | undefined;
  let atOnce = false;
  const hold = createAlarm(touch);

  const mayWait = (): boolean => {
    const now = Date.now();
    if (lastAt === undefined && engine() < 4) return false;
    if (engine() < 3 && lastAt !== undefined) return now - lastAt < freshForMs;
    behindSince ??= now;
    hold.setTo(behindSince + freshForMs, () => 'what happened is kept');
    return now - behindSince < freshForMs;
  };

  const next = (): Projection => {
    const { workflowId, runId } = workflowInfo();
    return { workflowId, runId, crisis: state(), events: portion(unflushed) };
  };
  const project = async (answering: boolean): Promise<void> => {
    const projection = next();
    await keep(projection, answering);
    unflushed.splice(0, projection.events.length);
  };
  /** `answering`: the answers to updates would wait in the task too, and the core loses updates that come meanwhile. */
  const keep = async (projection: Projection, answering: boolean): Promise<void> => {
    if (engine() < 4 || answering) return keeping.project(projection);
    atOnce = true;
    try {
      await keepingAtOnce.project(projection);
    } catch (error) {
      if (isCancellation(error)) throw error;
      atOnce = false;
      await keeping.project(projection);
    } finally {
      atOnce = false;
    }
  };

  return {
    isBusy: () => scope !== undefined,
    /** Whether one is under way within the workflow task, which a new run may not cut off: it would lose what was answered. */
    isAtOnce: () => atOnce,
    start(moreIsComing: boolean, answering = false): void {
      if (scope !== undefined || unflushed.length === 0) return;
      if (moreIsComing && mayWait()) return;
      lastAt = Date.now();
      behindSince = undefined;
      hold.setTo(undefined);
      scope = new CancellationScope();
      void scope
        .run(() => project(answering))
        .then(
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
