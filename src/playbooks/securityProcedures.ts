import { minutes } from '../domain/duration.js';
import type { Procedure, ProcedureStep } from '../domain/playbook.js';

/** What fails while an attacker is at work is no machine's guess: a person decides. */
const step = (slot: string, title: string, bakeMs = 0): ProcedureStep => ({
  id: slot,
  title,
  slot,
  parameters: {},
  bakeMs,
  onFailure: 'ask',
});

/** Isolated rather than powered off, and preserved before anything is changed: memory does not survive, nor do traces. */
export const contain: Procedure = {
  id: 'contain',
  title: 'Containment',
  goal: 'everyStep',
  steps: [
    step('isolate', 'Isolate the affected systems and networks'),
    step('preserve', 'Preserve evidence and forensic data, off the host'),
    step('scope', 'Assess how far the breach reaches'),
    step('accessControls', 'Put emergency access controls in force'),
  ],
};

/** Nothing comes back that has not been shown to be clean. */
export const restoreClean: Procedure = {
  id: 'restoreClean',
  title: 'Restoration from clean backups',
  goal: 'everyStep',
  steps: [
    step('restoreClean', 'Restore from the newest backup known to be clean', minutes(1)),
    step('validateSecurity', 'Validate the security of what was restored'),
  ],
};
