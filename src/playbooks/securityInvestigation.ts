import { hours } from '../domain/duration.js';
import type { Phase } from '../domain/playbook.js';
import { item } from './item.js';
import { regulators } from './regulators.js';

/** Workflow 2, phase 2 of the seed: how they came in, what they reached, and whom the law wants told. */
export const forensicInvestigation: Phase = {
  id: 'forensic-investigation',
  title: 'Investigation (15 minutes - 4 hours)',
  untilMs: hours(4),
  tellsRung: 'cto',
  tasks: [
    item(
      'investigate-attack',
      'Forensic Analysis',
      'Conduct thorough security investigation to understand attack vector and impact',
      'security-lead',
      { required: true },
    ),
    item(
      'analyze-evidence',
      'Forensic Analysis',
      'Analyze logs and evidence to determine extent of compromise',
      'security-lead',
      { required: true },
    ),
    item(
      'coordinate-legal',
      'Forensic Analysis',
      'Coordinate with legal and compliance teams for regulatory requirements',
      'security-lead',
      { required: true },
    ),
    item('forensics', 'Fourteen Points', 'Examine copies of memory and disks, never the originals', 'security-lead'),
    item('attack-timeline', 'Fourteen Points', 'Establish the timeline of the attack', 'scribe', {
      does: 'recordTimeline',
    }),
    item('data-compromised', 'Fourteen Points', 'Find out which data was read, changed or taken', 'data-engineer', {
      required: true,
    }),
    item('risk-to-others', 'Fourteen Points', 'Judge the risk to customers, partners and the public', 'security-lead', {
      required: true,
    }),
    item('re-attack', 'Fourteen Points', 'Judge whether and how they could come back', 'security-lead'),
    item('law-enforcement', 'Fourteen Points', 'Decide whether to call law enforcement', 'incident-commander'),
    item('third-parties', 'Fourteen Points', 'Inform the third parties that are concerned', 'communication-lead'),
    ...regulators,
    item('quantify-affected', 'Impact Assessment', 'Quantify the people and records affected', 'communication-lead'),
  ],
};
