import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';

/** One durable timer, set anew only when the time changes, so that a busy crisis does not fill its history with timers. */
export const createAlarm = (ring: () => void) => {
  let set: { at: number; scope: CancellationScope } | undefined;

  return {
    /** `summary` is what Temporal shows of the timer. */
    setTo(at: number | undefined, summary: () => string = () => ''): void {
      if (set?.at === at) return;
      set?.scope.cancel();
      set = undefined;
      if (at === undefined) return;
      const scope = new CancellationScope();
      const alarm = { at, scope };
      set = alarm;
      void scope
        .run(() => sleep(Math.max(1, at - Date.now()), { summary: summary() }))
        .then(
          () => {
            if (set === alarm) set = undefined;
            ring();
          },
          (error: unknown) => {
            if (!isCancellation(error)) throw error;
          },
        );
    },
  };
};
