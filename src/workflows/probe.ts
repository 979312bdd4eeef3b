import {
  CancellationScope,
  continueAsNew,
  isCancellation,
  setHandler,
  uuid4,
  workflowInfo,
} from '@temporalio/workflow';
import type { HealthChange } from '../activities/activities.js';
import type { Alert } from '../domain/alert.js';
import { raising, watching } from './acts.js';
import { configureSignal, paceSignal, type ProbeInput } from './messages.js';

/** Watches the health of one service for ever: one activity that returns on a change, and an alert for each change. */
export async function probe(input: ProbeInput): Promise<void> {
  let { check, pace, healthy } = input;
  let scope = new CancellationScope();
  const again = (): void => scope.cancel();

  setHandler(paceSignal, (wanted) => {
    if (wanted === pace) return;
    pace = wanted;
    again();
  });
  setHandler(configureSignal, (wanted) => {
    if (JSON.stringify(wanted) === JSON.stringify(check)) return;
    check = wanted;
    again();
  });

  while (!workflowInfo().continueAsNewSuggested) {
    scope = new CancellationScope();
    try {
      const change = await scope.run(() =>
        watching(check.timeoutMs).watchHealth({ service: input.service, check, pace, healthy }),
      );
      healthy = change.healthy;
      await raising.raise([alertOf(input, change, check)]);
    } catch (error) {
      // Called off to go on at another pace; when the probe itself is cancelled, it ends.
      if (!isCancellation(error) || CancellationScope.current().consideredCancelled) throw error;
    }
  }
  await continueAsNew<typeof probe>({ service: input.service, check, pace, healthy });
}

const alertOf = (
  { service }: ProbeInput,
  { healthy, reason, at }: HealthChange,
  check: ProbeInput['check'],
): Alert => ({
  id: uuid4(),
  format: 'probe',
  detection: 'health check',
  status: healthy ? 'resolved' : 'firing',
  dedupKey: `probe:${service}`,
  summary: healthy ? `${service} is healthy again` : `${service} fails its health check: ${reason}`,
  details: reason,
  service,
  labels: { check: check.kind },
  facts: healthy ? {} : check.facts,
  startedAt: at,
  receivedAt: Date.now(),
});
