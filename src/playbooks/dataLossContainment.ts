import { minutes } from '../domain/duration.js';
import type { Phase } from '../domain/playbook.js';
import { coordination } from './coordination.js';
import { item } from './item.js';

/** Workflow 3 of the seed, its first two steps; the seed names no times, and those of containment fit. */
export const stopAndAssess: Phase = {
  id: 'stop-and-assess',
  title: 'Stop and assess (0-15 minutes)',
  untilMs: minutes(15),
  tellsRung: 'engineering-manager',
  tasks: [
    ...coordination,
    item('activate-recovery', 'Emergency Data Recovery', 'Activate recovery procedures', 'data-engineer', {
      does: 'recover',
      required: true,
    }),
    item(
      'stop-writes',
      'Emergency Data Recovery',
      'Stop write operations to prevent further corruption',
      'data-engineer',
      { required: true },
    ),
    item(
      'assess-corruption',
      'Emergency Data Recovery',
      'Assess corruption scope and identify clean backup points',
      'data-engineer',
      { required: true },
    ),
    item('keep-damaged', 'Emergency Data Recovery', 'Keep the damaged data as it is, to learn from', 'data-engineer'),
    item('identify-affected', 'Impact Assessment', 'Identify affected services and users', 'technical-lead', {
      does: 'listAffected',
    }),
    item('rule-out-attack', 'Impact Assessment', 'Rule out that somebody did this on purpose', 'security-lead'),
    item('check-health', 'Impact Assessment', 'Check system health', 'technical-lead', { does: 'checkHealth' }),
    item('enhance-monitoring', 'Enhanced Monitoring', 'Activate enhanced monitoring', 'monitoring-engineer', {
      does: 'strengthenMonitoring',
    }),
  ],
};
