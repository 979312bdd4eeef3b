import { hours } from '../domain/duration.js';
import type { Phase } from '../domain/playbook.js';
import { item } from './item.js';

/** Workflow 3 of the seed, its last two steps: nothing is written to what has not been validated. */
export const resumption: Phase = {
  id: 'resumption',
  title: 'Validation and resumption (2-4 hours)',
  untilMs: hours(4),
  tellsRung: 'vp-engineering',
  tasks: [
    item('validate-data', 'Recovery Validation', 'Validate data integrity and consistency', 'data-engineer', {
      required: true,
      validates: true,
    }),
    item('resume', 'Recovery Validation', 'Resume operations with enhanced monitoring', 'operations-lead', {
      required: true,
      validates: true,
    }),
    item('confirm-access', 'Recovery Validation', 'Confirm user access and functionality', 'reliability-engineer', {
      required: true,
      validates: true,
    }),
    item('monitor-regression', 'Recovery Validation', 'Monitor for regression issues', 'monitoring-engineer', {
      does: 'watchRegression',
      validates: true,
    }),
    item('backups-work', 'Recovery Validation', 'Verify that new backups are made and can be read', 'data-engineer'),
    item('replay', 'Reconciliation', 'Enter again what could be gathered of what was lost', 'data-engineer'),
    item('state-loss', 'Communication', 'State plainly what was lost and what was not', 'communication-lead'),
  ],
};
