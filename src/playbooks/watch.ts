import { hours, minutes } from '../domain/duration.js';
import type { Playbook } from '../domain/playbook.js';
import { item } from './item.js';

/** What a P2 gets: the team is told and looks at it in its own time. A person, time or more alerts make a crisis of it. */
export const watch: Playbook = {
  type: 'watch',
  title: 'Watch',
  phases: [
    {
      id: 'watching',
      title: 'Watching (0-4 hours)',
      untilMs: hours(4),
      tasks: [
        item('document-start', 'Start', 'Document when it began', 'scribe', { does: 'recordStart' }),
        item('identify-affected', 'Start', 'Identify affected services and users', 'technical-lead', {
          does: 'listAffected',
        }),
        item('check-health', 'Start', 'Check system health', 'technical-lead', { does: 'checkHealth' }),
        item('look', 'Judgement', 'Look at what is affected, and whether it grows', 'technical-lead'),
        item('decide', 'Judgement', 'Decide: promote it to a crisis, resolve it, or watch on', 'technical-lead'),
      ],
    },
  ],
  procedures: {},
  repeatEveryMs: hours(4),
  regressionWatchMs: minutes(10),
};
