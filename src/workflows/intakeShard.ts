import { condition, continueAsNew, patched, setHandler, sleep, workflowInfo } from '@temporalio/workflow';
import { firstParts, foldParcels, notBehind, type Parcel } from '../domain/intake/parcel.js';
import { foldSingly, foldTallies } from '../domain/intake/tallies.js';
import { areWithin, countWithin, jsonBytesOf } from '../domain/portion.js';
import { holding, placing } from './acts.js';
import { parcelsSignal } from './shards.js';

/** With nothing to place for so long it ends; the next parcel starts it again. */
const idleMs = 60_000;
/** What arrives while it waits becomes one message to its crisis: some five a second are what a workflow takes with ease. */
const gatherMs = 200;
/** Where nothing else is to be done, those whose crises had no room are tried again after so long, and twice as long each time. */
const againAfter = { firstMs: 500, mostMs: 60_000 };
/** A round carries at most so much: Temporal takes two megabytes. */
const aMessage = { items: 100, bytes: 500_000, bytesOf: jsonBytesOf };
/** One execution takes 10,000 signals, and the server's own hint does not count them. */
const signalsPerRun = 2_000;

/**
 * Keeps alerts of a storm, durably from the moment they were answered, and brings them to their crises: the worst first,
 * those of one crisis together.
 */
export async function intakeShard(left: readonly Parcel[] = [], withoutRoom: readonly Parcel[] = []): Promise<void> {
  let waiting: Parcel[] = [...left];
  // Each may have been delivered all the same, under its id, so that none is folded with what comes after it.
  let full: Parcel[] = [...withoutRoom];
  let signals = 0;
  setHandler(parcelsSignal, (parcels) => {
    signals++;
    waiting.push(...parcels);
  });
  const isLong = (): boolean => workflowInfo().continueAsNewSuggested || signals >= signalsPerRun;
  // Runs from before this go on with a timer, and with a task for every message, which costs more than the message.
  const holds = patched('holds its task');
  // Nor do those from before this fold alerts that count once.
  const [fold, areFew] = patched('folds alerts that count once') ? [foldTallies, fit] : [foldSingly, fitBefore];
  const gather = async (): Promise<void> => {
    if (!holds) return sleep(gatherMs);
    // When more than a round waits already, there may be more than the server holds back.
    if (areFew(waiting)) await holding.hold(gatherMs);
  };
  /** A new run begins only in a task that nothing has come after: on the way to it, none is held. */
  const gatherUntil = async (isOver: () => boolean): Promise<boolean> => {
    let hasGathered = false;
    while (!isOver() && !isLong()) {
      const seen = signals;
      await condition(() => isOver() || signals !== seen);
      if (isOver() || isLong()) break;
      await gather();
      hasGathered = true;
    }
    return hasGathered;
  };
  /** Answers with those that had no place, and whether as much as for a round has been gathered meanwhile. */
  const place = async (parcels: readonly Parcel[]): Promise<[left: Parcel[], hasGathered: boolean]> => {
    let isPlaced = false;
    const placement = placing.placeParcels(parcels).finally(() => {
      isPlaced = true;
    });
    const [left = [], hasGathered] = await Promise.all([placement, holds && gatherUntil(() => isPlaced)]);
    return [parcels.filter(({ id }) => left.includes(id)), hasGathered];
  };

  /** After a round in vain, with nothing else to bring: waits longer each time, or until something comes. */
  let vainRounds = 0;
  const pause = async (): Promise<void> => {
    const seen = signals;
    const ms = Math.min(againAfter.firstMs * 2 ** vainRounds++, againAfter.mostMs);
    await condition(() => signals !== seen, ms);
  };

  let hasGathered = false;
  let hasRetried = false;
  while (await condition(() => waiting.length + full.length > 0, idleMs)) {
    if (!hasGathered) await gather();
    const [free, behind] = notBehind(full, foldParcels(waiting, fold));
    const [ready, rest] = holds ? firstParts(free) : [free, []];
    // By turns, so that neither keeps the other from its crises.
    const retries: boolean = full.length > 0 && (ready.length === 0 || !hasRetried);
    const [now, later] = aRound(retries ? full : ready);
    waiting = [...(retries ? ready : later), ...rest, ...behind];
    if (retries) full = later;
    const [noRoom, gathered] = await place(now);
    full.push(...noRoom);
    hasGathered = gathered;
    hasRetried = retries;
    if (noRoom.length < now.length) vainRounds = 0;
    else if (ready.length === 0) await pause();
    if (isLong() && (holds ? areFew(waiting) && fit(full) : aRound(waiting)[1].length === 0))
      return continueAsNew<typeof intakeShard>(waiting, full);
  }
}

/** As much as one message carries, and the rest. */
const aRound = (parcels: readonly Parcel[]): [now: Parcel[], later: Parcel[]] => {
  const count = countWithin(parcels, aMessage);
  return [parcels.slice(0, count), parcels.slice(count)];
};

/** Whether one message can carry all of them, by their tallies: of one parcel alone there may be too many. */
const fit = (parcels: readonly Parcel[]): boolean =>
  parcels.length <= aMessage.items &&
  areWithin(
    parcels.flatMap(({ tallies }) => tallies),
    { ...aMessage, items: Infinity },
  );

const fitBefore = (parcels: readonly Parcel[]): boolean =>
  parcels.length <= aMessage.items && jsonBytesOf(parcels) <= aMessage.bytes;
