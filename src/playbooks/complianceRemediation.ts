import { hours } from '../domain/duration.js';
import type { Phase } from '../domain/playbook.js';
import { item } from './item.js';

/** Put right what was wrong, show that it is, and answer to those who ask. */
export const remediation: Phase = {
  id: 'remediation',
  title: 'Remediation (4-24 hours)',
  untilMs: hours(24),
  tellsRung: 'ceo',
  tasks: [
    item('correct', 'Remediation', 'Correct the practice, the processing or the data', 'operations-lead', {
      required: true,
    }),
    item('prevent', 'Remediation', 'Put a control in place that would have prevented it', 'platform-engineer'),
    item('notifications', 'Regulators', 'File the notifications that are due, with their references', 'security-lead'),
    item(
      'answer-authority',
      'Regulators',
      'Prepare who answers the authority, and with which documents',
      'security-lead',
    ),
    item(
      'external-communication',
      'Remediation',
      'Tell customers and the public what concerns them, with legal and media approval',
      'communication-lead',
    ),
    item('hand-over-evidence', 'Evidence', 'Hand the records over, verified and whole', 'security-lead'),
    item('verify-ended', 'Recovery Validation', 'Verify that the violation has ended', 'security-lead', {
      required: true,
      validates: true,
    }),
    item('verify-legal', 'Recovery Validation', 'Have legal and compliance confirm it', 'security-lead', {
      required: true,
      validates: true,
    }),
    item('verify-operational', 'Recovery Validation', 'Verify all systems operational', 'reliability-engineer', {
      required: true,
      validates: true,
    }),
    item('monitor-return', 'Recovery Validation', 'Monitor that it does not happen again', 'monitoring-engineer', {
      does: 'watchRegression',
      validates: true,
    }),
  ],
};
