import { condition, continueAsNew, setHandler, workflowInfo } from '@temporalio/workflow';
import type { AlertRecord } from '../domain/record.js';
import { keeping } from './acts.js';
import { recordSignal } from './messages.js';

/** With nothing to record for so long it ends; the next alert starts it again. */
const idleMs = 60_000;

/** Keeps the alerts that opened nothing, durably from the moment they were answered, whenever the database is there to take them. */
export async function intake(left: readonly AlertRecord[] = []): Promise<void> {
  const waiting: AlertRecord[] = [...left];
  let signals = 0;
  setHandler(recordSignal, (records) => {
    signals++;
    waiting.push(...records);
  });
  while (await condition(() => waiting.length > 0, idleMs)) {
    const batch = waiting.slice(0, 500);
    await keeping.keepAlerts(batch);
    waiting.splice(0, batch.length);
    if (workflowInfo().continueAsNewSuggested || signals > 4000) return continueAsNew<typeof intake>(waiting);
  }
}
