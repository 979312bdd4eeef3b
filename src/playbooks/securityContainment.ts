import { minutes } from '../domain/duration.js';
import type { Phase } from '../domain/playbook.js';
import { item } from './item.js';

/** Workflow 2, phase 1 of the seed: stop it from spreading, lose no evidence, tell nobody who need not know. */
export const containment: Phase = {
  id: 'containment',
  title: 'Containment (0-15 minutes)',
  untilMs: minutes(15),
  tellsRung: 'cto',
  tasks: [
    item('activate-commander', 'Security Coordination', 'Activate incident commander role', 'incident-commander', {
      does: 'assignCommander',
      required: true,
    }),
    item('open-channels', 'Security Coordination', 'Establish a communication channel for those named only', 'deputy', {
      does: 'openBridge',
    }),
    item('document-start', 'Security Coordination', 'Document incident start time', 'scribe', { does: 'recordStart' }),
    // Laws count from the moment when we knew, and nobody but these is told by itself.
    item('notify-legal', 'Security Coordination', 'Notify legal and compliance', 'security-lead', {
      does: 'tellStakeholders',
    }),
    item(
      'coordinate-response',
      'Security Coordination',
      'Coordinate security response and stakeholder communication',
      'incident-commander',
    ),
    item('assemble', 'Fourteen Points', 'Assemble the responders: name them, and nobody beyond them', 'security-lead', {
      required: true,
    }),
    item('initiate-containment', 'Containment', 'Initiate containment procedures', 'security-lead', {
      does: 'contain',
      required: true,
    }),
    item('stop-attack', 'Fourteen Points', 'Stop the attack that is under way', 'security-lead', { required: true }),
    item('cut-vector', 'Fourteen Points', 'Cut off the way the attacker came in', 'platform-engineer', {
      required: true,
    }),
    item('isolate', 'Containment', 'Isolate affected systems and networks', 'operations-lead', { required: true }),
    item('preserve-evidence', 'Containment', 'Preserve evidence and forensic data', 'security-lead', {
      required: true,
    }),
    item('assess-scope', 'Containment', 'Assess breach scope and impact', 'security-lead', { required: true }),
    item('access-controls', 'Containment', 'Implement emergency access controls', 'platform-engineer', {
      required: true,
    }),
    item('identify-affected', 'Containment', 'Identify affected services and users', 'technical-lead', {
      does: 'listAffected',
    }),
    item('enhance-monitoring', 'Enhanced Monitoring', 'Watch closely for further intrusion', 'monitoring-engineer', {
      does: 'strengthenMonitoring',
    }),
    item(
      'internal-communication',
      'Fourteen Points',
      'Tell those inside who must know, by code name',
      'communication-lead',
    ),
  ],
};
