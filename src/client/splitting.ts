import { setTimeout as sleep } from 'node:timers/promises';
import type { OpenEffect } from '../domain/effect.js';
import { crisisQuery } from '../workflows/messages.js';
import { releaseSignal } from '../workflows/shards.js';
import { isMissing } from './faults.js';
import { crisisWorkflowId } from './identity.js';
import { openingOf } from './placing.js';
import type { OpaqueKey } from './restricting.js';
import { openOrJoin, type OpeningDeps } from './starting.js';

type Deps = OpeningDeps & { opaqueKey: OpaqueKey };

/** A forwarding under the id ends in a moment once it is told; what has not gone by then is a crisis already. */
const releasedWithinMs = 3_000;

/** Makes a crisis of its own of a cause, linked to where it came from; answers with its id. Done twice it opens one. */
export const createSplitting = (deps: Deps) => {
  const { client, settings } = deps;

  const release = async (workflowId: string): Promise<void> => {
    const handle = client.workflow.getHandle(workflowId);
    const isForwarding = async () => {
      const { type, status } = await handle.describe();
      return status.name === 'RUNNING' && type === 'forwarding';
    };
    try {
      if (!(await isForwarding())) return;
      await handle.signal(releaseSignal);
      for (const until = Date.now() + releasedWithinMs; Date.now() < until && (await isForwarding());) await sleep(50);
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  };

  return async ({ key, cause, crisisId, tallies, restricted }: OpenEffect): Promise<string> => {
    const correlationKey = restricted ? deps.opaqueKey(cause) : cause;
    const workflowId = crisisWorkflowId(correlationKey);
    if (!restricted) await release(workflowId);
    const opening = openingOf(settings(), { id: key, key: correlationKey, tallies }, tallies);
    const relation = restricted ? 'found in' : 'split from';
    const opened = await openOrJoin(deps, { ...opening, links: [{ to: crisisId, relation }] });
    return client.workflow
      .getHandle(workflowId)
      .query(crisisQuery)
      .then(
        ({ crisis }) => crisis.crisisId,
        () => opened.crisisId,
      );
  };
};
