import { condition, continueAsNew, proxyActivities, setHandler, sleep, workflowInfo } from '@temporalio/workflow';
import type { Activities } from '../activities/activities.js';
import { foldParcels, type Parcel } from '../domain/intake/parcel.js';
import { parcelsSignal } from './shards.js';

/** With nothing to place for so long it ends; the next parcel starts it again. */
const idleMs = 60_000;
/** What arrives while it waits becomes one message to its crisis: some five a second are what a workflow takes with ease. */
const gatherMs = 200;
/** A round carries at most so much: Temporal takes two megabytes. */
const parcelsAtOnce = 100;
const bytesAtOnce = 500_000;
/** One execution takes 10,000 signals, and the server's own hint does not count them. */
const signalsPerRun = 2_000;

const placing = proxyActivities<Pick<Activities, 'placeParcels'>>({
  startToCloseTimeout: '60s',
  heartbeatTimeout: '5s',
  retry: { initialInterval: '200ms', maximumInterval: '5s' },
});

/**
 * Keeps alerts of a storm, durably from the moment they were answered, and brings them to their crises: the worst first,
 * those of one crisis together.
 */
export async function intakeShard(left: readonly Parcel[] = []): Promise<void> {
  let waiting: Parcel[] = [...left];
  let signals = 0;
  setHandler(parcelsSignal, (parcels) => {
    signals++;
    waiting.push(...parcels);
  });
  while (await condition(() => waiting.length > 0, idleMs)) {
    await sleep(gatherMs);
    const [now, later] = aRound(foldParcels(waiting));
    waiting = later;
    await placing.placeParcels(now);
    const wantsNewRun = workflowInfo().continueAsNewSuggested || signals >= signalsPerRun;
    if (wantsNewRun && aRound(waiting)[1].length === 0) return continueAsNew<typeof intakeShard>(waiting);
  }
}

/** As much as one message carries, and the rest. */
const aRound = (parcels: readonly Parcel[]): [now: Parcel[], later: Parcel[]] => {
  let [count, bytes] = [0, 0];
  for (const parcel of parcels) {
    bytes += JSON.stringify(parcel).length;
    if (count === parcelsAtOnce || (count > 0 && bytes > bytesAtOnce)) break;
    count++;
  }
  return [parcels.slice(0, count), parcels.slice(count)];
};
