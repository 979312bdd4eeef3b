import type { CrisisInput, CrisisResult } from './messages.js';
import { runCrisis } from './shell.js';

/** Lost or damaged data: from its declaration over the recovery from a backup to the end of a long regression watch. */
export async function dataLoss(input: CrisisInput): Promise<CrisisResult> {
  return runCrisis(input);
}
