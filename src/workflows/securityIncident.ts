import type { CrisisInput, CrisisResult } from './messages.js';
import { runCrisis } from './shell.js';

/** A breach, a compromise, or a violation of law without either: restricted to those it names, encrypted in Temporal. */
export async function securityIncident(input: CrisisInput): Promise<CrisisResult> {
  return runCrisis(input);
}
