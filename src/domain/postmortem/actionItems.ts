import { communicationGaps, delays, toolLimits } from './learned.js';
import { table } from './markdown.js';
import { entriesOf, evidence, finding, type Finding, type Material } from './material.js';

const open = '_to be named_';

const undetected = (material: Material): Finding[] => {
  const alerts = entriesOf(material, 'alerted');
  const byPeople = alerts.filter(({ event }) => event.tallies.every(({ alert }) => alert.detection === 'user report'));
  if (alerts.length === 0)
    return finding('No monitor said anything; a person declared it', entriesOf(material, 'declared'));
  return byPeople.length === alerts.length ? finding('People noticed it before any monitor did', byPeople) : [];
};

const kinds = (material: Material): { title: string; candidates: readonly Finding[] }[] => [
  { title: 'Process improvements', candidates: [...delays(material), ...communicationGaps(material)] },
  { title: 'Tool enhancements and additions', candidates: toolLimits(material) },
  { title: 'Training and knowledge sharing', candidates: [] },
  {
    title: 'Preventive measures and monitoring',
    candidates: [
      ...undetected(material),
      ...finding('The trouble came back after it had seemed over', entriesOf(material, 'regressed')),
    ],
  },
];

const rows = (candidates: readonly Finding[]): string[][] => {
  const asked = candidates.map(({ text, entries }) => [`To decide: ${text}${evidence(entries)}`, open, open]);
  return asked.length > 0 ? asked : [['_To be added by the reviewer, or struck out_', open, open]];
};

/** Part four: one table for each kind of action, with what the timeline suggests deciding on. */
export const actionItems = (material: Material): string =>
  [
    '## Action items',
    'Each needs one owner and a date. What stands here is what the timeline suggests; deciding is for the review.',
    ...kinds(material).flatMap(({ title, candidates }) => [
      `### ${title}`,
      table(['Action', 'Owner', 'Due'], rows(candidates)),
    ]),
  ].join('\n\n');
