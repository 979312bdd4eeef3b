import { hours } from '../domain/duration.js';
import type { Phase } from '../domain/playbook.js';
import { item } from './item.js';

/** Workflow 2, phase 3 of the seed: throw them out, close the door, come back from what is known to be clean. */
export const eradication: Phase = {
  id: 'eradication',
  title: 'Eradication and recovery (4-24 hours)',
  untilMs: hours(24),
  tellsRung: 'ceo',
  tasks: [
    item(
      'remove-malicious-code',
      'Eradication',
      'Remove malicious code and close security vulnerabilities',
      'security-lead',
      { required: true },
    ),
    item('harden', 'Eradication', 'Implement enhanced security measures and monitoring', 'platform-engineer', {
      required: true,
    }),
    item(
      'mitigations',
      'Fourteen Points',
      'Put lasting mitigations against a second attempt in place',
      'security-lead',
    ),
    item('rotate-secrets', 'Eradication', 'Replace every credential that they may have seen', 'platform-engineer'),
    item(
      'restore-clean-backups',
      'Recovery',
      'Restore systems from clean backups with security validation',
      'reliability-engineer',
      { required: true },
    ),
    item(
      'external-communication',
      'Fourteen Points',
      'Tell customers and the public what concerns them, with legal and media approval',
      'communication-lead',
    ),
    item('notifications', 'Regulators', 'File the notifications that are due, with their references', 'security-lead'),
    item('hand-over-evidence', 'Evidence', 'Hand the evidence over, verified and whole', 'security-lead'),
    item('verify-eradicated', 'Recovery Validation', 'Verify that no access of theirs is left', 'security-lead', {
      required: true,
      validates: true,
    }),
    item('verify-operational', 'Recovery Validation', 'Verify all systems operational', 'reliability-engineer', {
      required: true,
      validates: true,
    }),
    item('check-data', 'Recovery Validation', 'Check data integrity and consistency', 'data-engineer', {
      required: true,
      validates: true,
    }),
    item('monitor-return', 'Recovery Validation', 'Monitor for signs of their return', 'monitoring-engineer', {
      does: 'watchRegression',
      validates: true,
    }),
  ],
};
