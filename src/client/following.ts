import type { Client } from '@temporalio/client';
import type { Settings } from '../domain/settings.js';
import { attributes } from '../workflows/messages.js';
import { crisisWorkflowId } from './identity.js';

type Deps = { client: Client; settings: () => Settings; now: () => Date };

/** A page waits a few milliseconds for a link; where the server is too busy to say, no longer than this. */
const answerWithinMs = 2_000;

/** The crisis of the same cause that has ended a short while ago, from Temporal itself; undefined also when it does not say in time. */
export const endedLately = async (
  { client, settings, now }: Deps,
  correlationKey: string,
): Promise<string | undefined> => {
  const handle = client.workflow.getHandle(crisisWorkflowId(correlationKey));
  try {
    const last = await client.withDeadline(Date.now() + answerWithinMs, () => handle.describe());
    const { status, closeTime, typedSearchAttributes } = last;
    const since = now().getTime() - settings().followsWithinMs;
    if (status.name !== 'COMPLETED' || !closeTime || closeTime.getTime() < since) return undefined;
    return typedSearchAttributes.get(attributes.crisisId);
  } catch {
    // There was none, or it cannot be asked: the new crisis opens all the same.
    return undefined;
  }
};
