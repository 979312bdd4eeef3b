import type { CrisisInput, CrisisResult } from './messages.js';
import { runCrisis } from './shell.js';

/** A production outage, from its declaration to the end of the regression watch. */
export async function productionOutage(input: CrisisInput): Promise<CrisisResult> {
  return runCrisis(input);
}
