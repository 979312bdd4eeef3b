import { ApplicationFailure, Context } from '@temporalio/activity';
import type { DrillActivities, DrillRun } from './drill.js';

export type DrillHosting = {
  /** Known when an earlier attempt has begun the drill. */
  startedAt: number | undefined;
  onBegin: (startedAt: number) => void;
  signal: AbortSignal;
};
/** Runs the drill's own process until the signal ends it. */
export type DrillHost = (run: DrillRun, hosting: DrillHosting) => Promise<void>;

const beatEveryMs = 1_000;

/** Hosts a drill. When its host dies, the next one goes on with the same clock, which the heartbeat carries. */
export const createHostDrillActivity = (host: DrillHost | undefined): Pick<DrillActivities, 'hostDrill'> => ({
  hostDrill: async (run) => {
    if (!host) throw ApplicationFailure.nonRetryable('this worker cannot host drills', 'CannotHostDrills');
    const context = Context.current();
    const earlier: unknown = context.info.heartbeatDetails;
    let startedAt = typeof earlier === 'number' ? earlier : undefined;
    const beating = setInterval(() => context.heartbeat(startedAt), beatEveryMs);
    try {
      await host(run, {
        startedAt,
        onBegin: (at) => (startedAt = at),
        signal: context.cancellationSignal,
      });
    } finally {
      clearInterval(beating);
    }
    context.cancellationSignal.throwIfAborted();
  },
});
