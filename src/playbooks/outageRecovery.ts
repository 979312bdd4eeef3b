import { hours } from '../domain/duration.js';
import type { Phase } from '../domain/playbook.js';
import { item } from './item.js';

/** Workflow 1, phase 3 of the seed: fix, deploy in stages, validate the recovery. */
export const resolution: Phase = {
  id: 'resolution',
  title: 'Resolution and recovery (30 minutes - 2 hours)',
  untilMs: hours(2),
  tellsRung: 'vp-engineering',
  tasks: [
    item('coordinate-fix', 'Recovery Coordination', 'Fix development and testing', 'technical-lead'),
    item('coordinate-deployment', 'Recovery Coordination', 'Staged deployment with monitoring', 'operations-lead'),
    item('coordinate-validation', 'Recovery Coordination', 'System health validation', 'reliability-engineer'),
    item(
      'coordinate-communication',
      'Recovery Coordination',
      'User communication and status updates',
      'communication-lead',
    ),
    item('develop-fix', 'Fix Development', 'Develop targeted fix for root cause', 'technical-lead'),
    item('test-fix', 'Fix Development', 'Test fix in staging environment', 'technical-lead'),
    item('prepare-rollback', 'Fix Development', 'Prepare rollback procedures', 'operations-lead'),
    item('document-implementation', 'Fix Development', 'Document implementation steps', 'technical-lead'),
    item('coordinate-with-commander', 'Deployment Strategy', 'Coordinate with incident commander', 'operations-lead'),
    item('gradual-rollout', 'Deployment Strategy', 'Implement gradual rollout if possible', 'operations-lead'),
    item('monitor-deployment', 'Deployment Strategy', 'Monitor system health during deployment', 'monitoring-engineer'),
    item('validate-fix', 'Deployment Strategy', 'Validate fix effectiveness', 'reliability-engineer'),
    item('verify-operational', 'Recovery Validation', 'Verify all systems operational', 'reliability-engineer', {
      required: true,
      validates: true,
    }),
    item('confirm-access', 'Recovery Validation', 'Confirm user access and functionality', 'reliability-engineer', {
      required: true,
      validates: true,
    }),
    item('check-data', 'Recovery Validation', 'Check data integrity and consistency', 'data-engineer', {
      required: true,
      validates: true,
    }),
    item('monitor-regression', 'Recovery Validation', 'Monitor for regression issues', 'monitoring-engineer', {
      does: 'watchRegression',
      validates: true,
    }),
  ],
};
