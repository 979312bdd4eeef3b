import { hours } from '../domain/duration.js';
import type { Phase } from '../domain/playbook.js';
import { item } from './item.js';
import { regulators } from './regulators.js';

/** What rule was broken, since when, towards whom, and who must be told until when. */
export const legalInvestigation: Phase = {
  id: 'legal-investigation',
  title: 'Investigation (15 minutes - 4 hours)',
  untilMs: hours(4),
  tellsRung: 'cto',
  tasks: [
    item('establish-facts', 'Analysis', 'Establish what happened, since when, and by whose decision', 'security-lead', {
      required: true,
    }),
    item(
      'coordinate-legal',
      'Analysis',
      'Coordinate with legal and compliance teams for regulatory requirements',
      'security-lead',
      { required: true },
    ),
    item('rule-out-breach', 'Analysis', 'Rule out that somebody from outside had access', 'security-lead', {
      required: true,
    }),
    item('timeline', 'Analysis', 'Document timeline of events and changes', 'scribe', { does: 'recordTimeline' }),
    item('data-concerned', 'Analysis', 'Find out which data and whose it is', 'data-engineer', { required: true }),
    item('risk-to-others', 'Analysis', 'Judge the risk to customers, partners and the public', 'security-lead'),
    item('privilege', 'Analysis', 'Settle with legal what is written down, and by whom', 'security-lead'),
    item('third-parties', 'Analysis', 'Inform the third parties that are concerned', 'communication-lead'),
    ...regulators,
  ],
};
