import { counted } from '../describe/words.js';
import { minutes, spoken } from '../duration.js';
import { bullets, toBeAdded } from './markdown.js';
import { entriesOf, finding, findingLine, type Finding, type Material } from './material.js';

/** The seed's promise: somebody responds within five minutes. */
const responsePromiseMs = minutes(5);

const responded = (material: Material): Finding[] => {
  const { acknowledgeMs } = material.figures;
  const first = entriesOf(material, 'acknowledged').slice(0, 1);
  return acknowledgeMs !== undefined && acknowledgeMs <= responsePromiseMs
    ? finding(`Somebody answered after ${spoken(acknowledgeMs)}, inside the five minutes promised`, first)
    : [];
};

const actionsThatHelped = (material: Material): Finding[] => [
  ...responded(material),
  ...finding(
    'These steps were carried out and verified to help',
    entriesOf(material, 'stepVerified').filter(({ event }) => event.ok),
  ),
  ...finding(
    'Checklist items were settled by the system itself',
    entriesOf(material, 'taskDone').filter(({ event }) => event.by === 'firebreak'),
  ),
];

const coordination = (material: Material): Finding[] => {
  const { promised, late } = material.figures.updates;
  return [
    ...(promised > 0 && late === 0
      ? finding('Every promised update went out in time', entriesOf(material, 'updatePromised'))
      : []),
    ...finding('Roles were taken or handed over on the record', entriesOf(material, 'assigned')),
  ];
};

const toolsThatWorked = (material: Material): Finding[] => {
  const { sent, failed, uncertain } = material.figures.pages;
  return [
    ...(sent > 0 && failed + uncertain === 0
      ? finding(
          'Every page went out by the first channel tried',
          entriesOf(material, 'pageSettled').filter(({ event }) => event.status !== 'cancelled'),
        )
      : []),
    ...finding('Monitoring was strengthened for the time of the crisis', entriesOf(material, 'monitoringOn')),
  ];
};

const part = (title: string, findings: readonly Finding[], missing: string): string[] => [
  `### ${title}`,
  bullets([...findings.map(findingLine), toBeAdded(missing)]),
];

/** Part two: what the timeline shows to have worked. */
export const whatWentWell = (material: Material): string =>
  [
    '## What went well',
    ...part('Effective response actions', actionsThatHelped(material), 'which actions helped most, and why'),
    ...part('Coordination and communication', coordination(material), 'how people found together'),
    ...part('Tools and processes that worked', toolsThatWorked(material), 'what else could be relied on'),
    ...part('Team highlights', [], 'what people did that should be remembered'),
  ].join('\n\n');

/** Where time was lost. Findings speak of steps, channels and rules; never of a person's fault. */
export const delays = (material: Material): Finding[] => {
  const { acknowledgeMs } = material.figures;
  const answered =
    acknowledgeMs === undefined ? 'Nobody acknowledged' : `The first answer took ${spoken(acknowledgeMs)}`;
  const slow = acknowledgeMs === undefined || acknowledgeMs > responsePromiseMs;
  const pagedAtAll = entriesOf(material, 'stepTaken');
  return [
    ...(slow ? finding(`${answered}; five minutes are promised`, pagedAtAll) : []),
    ...finding('Paging had to start over', entriesOf(material, 'roundEnded')),
    ...finding('The time of a phase ran out before its work was done', entriesOf(material, 'phaseBudgetEnded')),
    ...finding('After an acknowledgement nothing was seen to happen for a while', entriesOf(material, 'ackForgotten')),
    ...finding(
      'Pages went out late because the system itself had been away',
      entriesOf(material, 'paged').filter(({ event }) => event.late !== undefined),
    ),
    ...finding('An approval did not come in time', entriesOf(material, 'approvalLapsed')),
  ];
};

export const communicationGaps = (material: Material): Finding[] => [
  ...(material.figures.updates.late > 0
    ? finding(
        `${counted(material.figures.updates.late, 'promised update')} of these went out late or not at all`,
        entriesOf(material, 'updatePromised'),
      )
    : []),
  ...finding(
    'Messages to stakeholders did not go out',
    entriesOf(material, 'tellSettled').filter(({ event }) => event.deliveries.some(({ status }) => status !== 'sent')),
  ),
];

export const toolLimits = (material: Material): Finding[] => [
  ...finding(
    'Pages failed, or nobody could say whether they went out',
    entriesOf(material, 'pageSettled').filter(({ event }) => event.status === 'failed' || event.status === 'uncertain'),
  ),
  ...finding('A paging step had nobody to page', entriesOf(material, 'nobodyToPage')),
  ...finding('Who is on call could not be looked up', entriesOf(material, 'rosterFailed')),
  ...finding(
    'Actions did not succeed',
    entriesOf(material, 'actionEnded').filter(({ event }) => event.result.status !== 'succeeded'),
  ),
  ...finding('A step was passed over, since no action was configured for it', entriesOf(material, 'stepSkipped')),
  ...finding('Automatic work was left to people', entriesOf(material, 'taskFailed')),
  ...finding('Work of the system failed', entriesOf(material, 'effectFailed')),
  ...finding('The trouble came back after it had seemed over', entriesOf(material, 'regressed', 'reopened')),
];

/** Part three: what the timeline shows to have been slow, unclear or missing. */
export const whatCouldBeImproved = (material: Material): string =>
  [
    '## What could be improved',
    ...part('Response delays and inefficiencies', delays(material), 'what else cost time'),
    ...part('Communication gaps', communicationGaps(material), 'who did not know what they needed to know'),
    ...part('Tool and process limitations', toolLimits(material), 'what the tools did not let people do'),
    ...part('Knowledge and skill gaps', [], 'what people would have liked to know beforehand'),
  ].join('\n\n');
