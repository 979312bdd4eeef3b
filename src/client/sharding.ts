import type { Client } from '@temporalio/client';
import type { Parcel } from '../domain/intake/parcel.js';
import { jsonBytesOf } from '../domain/portion.js';
import { parcelsSignal } from '../workflows/shards.js';
import { createGroupCommit } from './groupCommit.js';
import { shardWorkflowId } from './identity.js';
import type { Room } from './room.js';
import { startOptions } from './starting.js';

type Deps = { client: Client; taskQueue: string; now: () => Date; room: Room };

/** Each takes its turn for the new ones, so that messages are full and several bring parcels to their crises side by side. */
const shards = 4;
const turnMs = 2_000;
/** So long the parcels of a crisis go on by the same shard, so that they stay in order. */
const keptMs = 60_000;

/** Durable at once, in its crisis a moment later: parcels of many causes share the messages to a few intake workflows. */
export const createSharding = ({ client, taskQueue, now, room }: Deps) => {
  const send = async (shard: string, parcels: readonly Parcel[]): Promise<void> => {
    const workflowId = shardWorkflowId(shard);
    await room.mustHave(workflowId, 'look');
    await client.workflow.signalWithStart('intakeShard', {
      ...startOptions,
      taskQueue,
      workflowId,
      args: [[]],
      signal: parcelsSignal,
      signalArgs: [parcels],
      staticSummary: 'alerts on their way to their crises',
    });
    room.took(workflowId, jsonBytesOf(parcels));
  };
  const commit = createGroupCommit<Parcel>(send, { items: 500, bytes: 500_000, bytesOf: jsonBytesOf });

  const known = new Map<string, { shard: string; at: number }>();
  /** Where one has enough, new causes go to the next that has not. */
  const turnOf = (at: number): string => {
    const turn = Math.floor(at / turnMs);
    const inTurn = Array.from({ length: shards }, (_, i) => String((turn + i) % shards));
    return inTurn.find((shard) => !room.wasFull(shardWorkflowId(shard))) ?? String(turn % shards);
  };
  const shardFor = (key: string): string => {
    const at = now().getTime();
    for (const [old, { at: since }] of known) {
      if (since > at - keptMs) break;
      known.delete(old);
    }
    const shard = known.get(key)?.shard ?? turnOf(at);
    known.delete(key);
    known.set(key, { shard, at });
    return shard;
  };

  return (parcel: Parcel): Promise<void> => commit(shardFor(parcel.key), parcel);
};
