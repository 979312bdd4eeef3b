import { condition, continueAsNew, patched, setHandler, workflowInfo } from '@temporalio/workflow';
import { areWithin, countWithin, jsonBytesOf } from '../domain/portion.js';
import type { AlertRecord } from '../domain/record.js';
import { keeping } from './acts.js';
import { recordSignal } from './messages.js';

/** With nothing to record for so long it ends; the next alert starts it again. */
const idleMs = 60_000;
/** Temporal takes two megabytes. */
const aMessage = { items: 500, bytes: 500_000, bytesOf: jsonBytesOf };

/** Keeps the alerts that opened nothing, durably from the moment they were answered, whenever the database is there to take them. */
export async function intake(left: readonly AlertRecord[] = []): Promise<void> {
  const waiting: AlertRecord[] = [...left];
  let signals = 0;
  setHandler(recordSignal, (records) => {
    signals++;
    waiting.push(...records);
  });
  // Runs from before this take 500 at once, however large.
  const isCareful = patched('takes no more than a message carries');
  const isLong = (): boolean => workflowInfo().continueAsNewSuggested || signals > 4000;
  while (await condition(() => waiting.length > 0, idleMs)) {
    const batch = waiting.slice(0, isCareful ? countWithin(waiting, aMessage) : 500);
    await keeping.keepAlerts(batch);
    waiting.splice(0, batch.length);
    // With more than a message carries none could begin; of those that wait here there is an end (src/client/room.ts).
    if (isLong() && (!isCareful || areWithin(waiting, aMessage))) return continueAsNew<typeof intake>(waiting);
  }
}
