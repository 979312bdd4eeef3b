import { minutes } from '../domain/duration.js';
import type { Phase } from '../domain/playbook.js';
import { item } from './item.js';

/** A violation without a breach, in the times of workflow 2: end what must not go on, and keep what will be asked for. */
export const endOfViolation: Phase = {
  id: 'containment',
  title: 'Containment (0-15 minutes)',
  untilMs: minutes(15),
  tellsRung: 'cto',
  tasks: [
    item('activate-commander', 'Coordination', 'Activate incident commander role', 'incident-commander', {
      does: 'assignCommander',
      required: true,
    }),
    item('open-channels', 'Coordination', 'Establish a communication channel for those named only', 'deputy', {
      does: 'openBridge',
    }),
    item('document-start', 'Coordination', 'Document incident start time', 'scribe', { does: 'recordStart' }),
    item('notify-legal', 'Coordination', 'Notify legal and compliance', 'security-lead', { does: 'tellStakeholders' }),
    item('assemble', 'Coordination', 'Call legal and compliance, and name who may see this', 'security-lead', {
      required: true,
    }),
    item('stop-violation', 'Containment', 'Stop the practice or processing that breaks the rule', 'operations-lead', {
      required: true,
    }),
    item('isolate', 'Containment', 'Isolate the systems and data that it concerns', 'operations-lead'),
    item('legal-hold', 'Containment', 'Preserve the records, and suspend their deletion', 'security-lead', {
      required: true,
    }),
    item('assess-scope', 'Containment', 'Assess which rules, data and people it concerns', 'security-lead', {
      required: true,
    }),
    item('access-controls', 'Containment', 'Restrict access to what it concerns', 'platform-engineer'),
    item('identify-affected', 'Containment', 'Identify affected services and users', 'technical-lead', {
      does: 'listAffected',
    }),
    item(
      'internal-communication',
      'Containment',
      'Tell those inside who must know, by code name',
      'communication-lead',
    ),
  ],
};
