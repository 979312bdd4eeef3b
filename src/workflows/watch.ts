import type { CrisisInput, CrisisResult } from './messages.js';
import { runCrisis } from './shell.js';

/** Something of medium severity: the team is told and no telephone rings, until somebody or something promotes it to a crisis. */
export async function watch(input: CrisisInput): Promise<CrisisResult> {
  return runCrisis(input);
}
