import { getExternalWorkflowHandle, isCancellation, sleep } from '@temporalio/workflow';
import { crisisWorkflowId } from '../domain/crisisId.js';
import type { SendEffect } from '../domain/effect.js';
import { signalOf } from './messages.js';

/** An umbrella that is durable already begins when it is its turn, which in a storm may take a while. */
const againAfterMs = [250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

/** Brings a command to another crisis, also to one that is still on its way. Throws when there is none after a minute. */
export const sendTo = async ({ to, command, input }: SendEffect): Promise<void> => {
  const other = getExternalWorkflowHandle(crisisWorkflowId(to));
  for (const waitMs of againAfterMs) {
    try {
      await other.signal(signalOf(command), input);
      return;
    } catch (error) {
      if (isCancellation(error)) throw error;
      await sleep(waitMs);
    }
  }
  await other.signal(signalOf(command), input);
};
