import { minutes } from '../domain/duration.js';
import type { Phase } from '../domain/playbook.js';
import { coordination } from './coordination.js';
import { item } from './item.js';

/** Workflow 1, phase 1 of the seed: coordinate, assess, mitigate. */
export const immediateResponse: Phase = {
  id: 'immediate-response',
  title: 'Immediate response (0-5 minutes)',
  untilMs: minutes(5),
  tellsRung: 'engineering-manager',
  tasks: [
    ...coordination,
    item('check-dashboards', 'Technical Assessment', 'Check system health dashboards', 'technical-lead', {
      does: 'checkHealth',
    }),
    item('verify-monitoring', 'Technical Assessment', 'Verify monitoring and alerting systems', 'monitoring-engineer', {
      does: 'checkMonitoring',
    }),
    item('assess-scope', 'Technical Assessment', 'Assess scope and impact', 'technical-lead', { required: true }),
    item('identify-affected', 'Technical Assessment', 'Identify affected services and users', 'technical-lead', {
      does: 'listAffected',
    }),
    item(
      'enhance-monitoring',
      'Enhanced Monitoring',
      'Activate enhanced monitoring and alerting',
      'monitoring-engineer',
      { does: 'strengthenMonitoring' },
    ),
    item('rollback', 'Initial Mitigation', 'Execute automated rollback procedures', 'operations-lead', {
      does: 'mitigate',
      required: true,
    }),
    item('failover', 'Initial Mitigation', 'Activate failover systems if available', 'operations-lead'),
    item('workaround', 'Initial Mitigation', 'Implement temporary workarounds', 'technical-lead'),
    item('scale', 'Initial Mitigation', 'Scale resources if capacity-related', 'operations-lead'),
  ],
};
