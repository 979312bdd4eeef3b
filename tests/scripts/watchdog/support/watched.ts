import { settingsFor } from '../../../support/settings.js';
import { startStand } from '../../../support/stand.js';
import { startDeadManSink, startWatchdog } from './watchdog.js';

export type Watched = Awaited<ReturnType<typeof startWatched>>;

/** A whole Firebreak, the watchdog that looks after it, and the other end of its dead-man check. */
export const startWatched = async (to: string, more: Record<string, unknown> = {}) => {
  const stand = await startStand(({ smtp }) => settingsFor({ smtp, more }));
  const sink = await startDeadManSink();
  const watchdog = await startWatchdog(stand, { to, deadManUrl: sink.url });
  return {
    stand,
    sink,
    stop: async (): Promise<void> => {
      await watchdog.stop();
      await sink.close();
      await stand.stop();
    },
  };
};
