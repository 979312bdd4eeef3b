import { minutes } from '../domain/duration.js';
import type { Procedure, ProcedureStep } from '../domain/playbook.js';

/** What fails while an attacker is at work is no machine's guess: a person decides. */
const step = (slot: string, title: string, more: Partial<ProcedureStep> = {}): ProcedureStep => ({
  id: slot,
  title,
  slot,
  parameters: {},
  bakeMs: 0,
  onFailure: 'ask',
  ...more,
});

/** Isolated rather than powered off, and preserved before anything is changed: memory does not survive, nor do traces. */
export const contain: Procedure = {
  id: 'contain',
  title: 'Containment',
  goal: 'everyStep',
  // Whether an isolated service is healthy says nothing: only what each action has of its own verifies it.
  steps: [
    step('isolate', 'Isolate the affected systems and networks', { verifiesItself: true, completes: ['isolate'] }),
    step('preserve', 'Preserve evidence and forensic data, off the host', {
      verifiesItself: true,
      completes: ['preserve-evidence'],
    }),
    step('scope', 'Assess how far the breach reaches', { verifiesItself: true, completes: ['assess-scope'] }),
    step('accessControls', 'Put emergency access controls in force', {
      verifiesItself: true,
      completes: ['access-controls'],
    }),
  ],
  whenStuck: { page: ['commander'], tellsRung: 'cto' },
};

/** Nothing comes back that has not been shown to be clean. A person begins it, once the attacker is out. */
export const restoreClean: Procedure = {
  id: 'restoreClean',
  title: 'Restoration from clean backups',
  goal: 'everyStep',
  steps: [
    step('restoreClean', 'Restore from the newest backup known to be clean', { bakeMs: minutes(1) }),
    step('validateSecurity', 'Validate the security of what was restored', {
      verifiesItself: true,
      completes: ['restore-clean-backups'],
    }),
  ],
  whenStuck: { page: ['commander'], tellsRung: 'cto' },
};
