import type { Context } from '@temporalio/activity';

export type Beats = ReturnType<typeof beating>;

const everyMs = 1_000;

/**
 * Says every second that this attempt lives, so that a killed worker costs its messages seconds and not the whole time of
 * an attempt. What is left goes to the next attempt. An attempt that is over within a second costs nothing.
 */
export const beating = (context: Context) => {
  let left: unknown = context.info.heartbeatDetails;
  const timer = setInterval(() => context.heartbeat(left), everyMs);
  return {
    leave(details: unknown): void {
      left = details;
      context.heartbeat(left);
    },
    stop: (): void => clearInterval(timer),
  };
};
