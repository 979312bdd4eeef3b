import { hours } from '../domain/duration.js';
import type { Phase } from '../domain/playbook.js';
import { item } from './item.js';

/** Workflow 3 of the seed, its third step: back to the newest state that is clean, knowing what is lost since. */
export const backupRecovery: Phase = {
  id: 'backup-recovery',
  title: 'Recovery from backup (15 minutes - 2 hours)',
  untilMs: hours(2),
  tellsRung: 'engineering-manager',
  tasks: [
    item(
      'coordinate-restoration',
      'Emergency Data Recovery',
      'Coordinate backup restoration and validation',
      'reliability-engineer',
    ),
    item('recover', 'Emergency Data Recovery', 'Execute recovery from most recent clean backup', 'data-engineer', {
      required: true,
    }),
    item('quantify-loss', 'Impact Assessment', 'Quantify the records and the time that are lost', 'data-engineer', {
      required: true,
    }),
    item(
      'find-cause',
      'Root Cause Identification',
      'Find what damaged the data, and that it has stopped',
      'technical-lead',
      {
        required: true,
      },
    ),
    item(
      'reconstruct',
      'Emergency Data Recovery',
      'Gather what was lost from logs, queues and partners',
      'data-engineer',
    ),
    item('document-timeline', 'Root Cause Identification', 'Document timeline of events and changes', 'scribe', {
      does: 'recordTimeline',
    }),
    item('notification-duty', 'Regulators', 'Judge whether lost or damaged data must be notified', 'security-lead'),
    item(
      'tell-affected',
      'Communication',
      'Tell those affected what is lost and what they can do',
      'communication-lead',
    ),
  ],
};
