import type { Task } from '../domain/playbook.js';
import { item } from './item.js';

/** How the seed begins a crisis whose systems are ours to mend: who leads, where, who is told, since when. */
export const coordination: readonly Task[] = [
  item('activate-commander', 'Crisis Coordination', 'Activate incident commander role', 'incident-commander', {
    does: 'assignCommander',
    required: true,
  }),
  item('open-channels', 'Crisis Coordination', 'Establish communication channels', 'incident-commander', {
    does: 'openBridge',
  }),
  item('notify-stakeholders', 'Crisis Coordination', 'Notify stakeholders and customers', 'communication-lead', {
    does: 'tellStakeholders',
    required: true,
  }),
  item('document-start', 'Crisis Coordination', 'Document incident start time', 'scribe', { does: 'recordStart' }),
];
