import type { Client } from '@temporalio/client';
import type { Parcel } from '../domain/intake/parcel.js';
import { parcelsSignal } from '../workflows/shards.js';
import { createGroupCommit } from './groupCommit.js';
import { shardOf, shardWorkflowId } from './identity.js';
import { startOptions } from './starting.js';

type Deps = { client: Client; taskQueue: string };

/** Durable at once, in its crisis a moment later: parcels of many causes share the messages to a few intake workflows. */
export const createSharding = ({ client, taskQueue }: Deps) => {
  const send = async (shard: string, parcels: readonly Parcel[]): Promise<void> => {
    await client.workflow.signalWithStart('intakeShard', {
      ...startOptions,
      taskQueue,
      workflowId: shardWorkflowId(shard),
      args: [[]],
      signal: parcelsSignal,
      signalArgs: [parcels],
      staticSummary: 'alerts on their way to their crises',
    });
  };
  const bytesOf = (parcel: Parcel): number => JSON.stringify(parcel).length;
  const commit = createGroupCommit<Parcel>(send, { items: 500, bytes: 500_000, bytesOf });

  /** The alerts of one crisis always go the same way, so that they stay in order. */
  return (parcel: Parcel): Promise<void> => commit(shardOf(parcel.key), parcel);
};
