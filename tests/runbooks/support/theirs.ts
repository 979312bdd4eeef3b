import { ApplicationFailure, sleep } from '@temporalio/workflow';

/** A workflow of somebody else’s application. */
export async function rebuild(what: string): Promise<{ rebuilt: string }> {
  if (what === 'nothing') throw ApplicationFailure.nonRetryable('there is nothing to rebuild');
  if (what === 'everything') await sleep('1 hour');
  return { rebuilt: what };
}
