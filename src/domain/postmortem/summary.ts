import { counted } from '../describe/words.js';
import type { Event } from '../event.js';
import { spoken } from '../duration.js';
import { severities, severityNames, worse, type Severity } from '../severity.js';
import { bullets, inert, moment, table, toBeAdded } from './markdown.js';
import { entriesOf, evidence, findingLine, finding, said, type Material } from './material.js';

const took = (durationMs: number | undefined): string => (durationMs === undefined ? 'not known' : spoken(durationMs));

const severityEvents = ({ events }: Material): { at: number; severity: Severity }[] =>
  events.flatMap(({ event }) =>
    event.type === 'declared' || event.type === 'reclassified'
      ? [{ at: event.at, severity: event.classification.severity }]
      : [],
  );

const worstSeverity = (material: Material): Severity =>
  severityEvents(material)
    .map(({ severity }) => severity)
    .reduce(worse, material.crisis.classification.severity);

const isMilestone = (event: Event): boolean =>
  [
    'declared',
    'acknowledged',
    'reclassified',
    'phaseEntered',
    'mitigated',
    'regressed',
    'reopened',
    'resolved',
    'closed',
    'stoodDown',
    'promoted',
  ].includes(event.type);

const dataLost = ({ crisis }: Material): string[][] => {
  const { status, recovery } = crisis.procedures['recover'] ?? {};
  if (status !== 'succeeded' || !recovery) return [];
  const { backup, lostMs, lostRows } = recovery;
  const rows = lostRows === undefined ? '' : `, ${counted(lostRows, 'row')}`;
  return [['Data lost', `${spoken(lostMs)} of what was written${rows}; restored from ${inert(backup)}`]];
};

const evidenceKept = ({ crisis: { evidence: kept } }: Material): string[][] =>
  kept ? [['Evidence', `${counted(kept.items, 'piece')}; the last entry on the timeline is ${kept.last.seq}`]] : [];

const timelineAndDuration = (material: Material): string => {
  const { crisis, events, figures } = material;
  const milestones = events.filter(({ event }) => isMilestone(event));
  return [
    table(
      ['', ''],
      [
        ['Crisis', `${inert(crisis.crisisId)}${crisis.mode === 'drill' ? ' (a drill)' : ''}`],
        ['Worst severity', `${worstSeverity(material)} (${severityNames[worstSeverity(material)]})`],
        ['Type', crisis.type],
        ['Services', inert(crisis.services.join(', ')) || 'not known'],
        ...(crisis.links.length > 0
          ? [['Linked with', crisis.links.map(({ to, relation }) => `${inert(relation)} ${inert(to)}`).join(', ')]]
          : []),
        ['The cause began', moment(crisis.startedAt)],
        ['Declared', moment(crisis.declaredAt)],
        ['Impact ended', moment(crisis.mitigatedAt)],
        ['Resolved', moment(crisis.resolvedAt)],
        ['Closed', moment(crisis.closedAt)],
        ['Duration, declaration to resolution', took(figures.resolveMs)],
        ...dataLost(material),
        ...evidenceKept(material),
      ],
    ),
    'All times are UTC. The milestones; the [full timeline](#appendix-a-timeline) is at the end:',
    bullets(milestones.map((entry) => `${moment(entry.event.at)}: ${said(material, entry.event)}${evidence([entry])}`)),
  ].join('\n\n');
};

const notesOfInvestigation = (material: Material): string[] => {
  const groups = new Map(
    material.plan.playbook.phases.flatMap(({ tasks }) => tasks.map((task) => [task.id, task] as const)),
  );
  return entriesOf(material, 'taskDone').flatMap(({ seq, event }) => {
    const task = groups.get(event.task);
    const isFinding = event.by !== 'firebreak' && event.note !== undefined && task !== undefined;
    return isFinding ? [`${inert(task.text)}: ${inert(event.note ?? '')}${evidence([{ seq }])}`] : [];
  });
};

const causes = (material: Material): string => {
  const helped = entriesOf(material, 'stepVerified').filter(({ event }) => event.ok);
  const leads = [
    ...notesOfInvestigation(material),
    ...finding('A step that was verified to help points to where the cause lies', helped).map(findingLine),
    ...finding('The trouble came back', entriesOf(material, 'regressed', 'reopened')).map(findingLine),
  ];
  return [
    toBeAdded('the root cause, as far as one can be named'),
    toBeAdded('the contributing factors: what made it possible, what made it worse, what made it last'),
    leads.length > 0
      ? `What was found on the way, as a start:\n\n${bullets(leads)}`
      : 'Nobody has noted a finding on the timeline.',
  ].join('\n\n');
};

/** How long each severity counted, from the declaration to the resolution or the close. */
const minutesPerSeverity = (material: Material): string => {
  const { crisis, events } = material;
  const end = crisis.resolvedAt ?? crisis.closedAt ?? events.at(-1)?.event.at ?? crisis.declaredAt;
  const changes = severityEvents(material);
  const lasted = changes.map(({ at, severity }, i) => ({
    severity,
    ms: Math.max(0, Math.min(changes[i + 1]?.at ?? end, end) - at),
  }));
  const parts = severities.flatMap((level) => {
    const ms = lasted.filter(({ severity }) => severity === level).reduce((sum, one) => sum + one.ms, 0);
    return ms > 0 ? [`${level}: ${(ms / 60_000).toFixed(1)}`] : [];
  });
  return parts.join(', ') || 'less than a tenth of a minute';
};

const impact = (material: Material): string => {
  const { facts } = material.crisis;
  const assessed = entriesOf(material, 'assessed', 'alerted');
  const known = (value: number | string | undefined, what: string): string =>
    value === undefined || value === '' ? toBeAdded(what) : typeof value === 'number' ? String(value) : inert(value);
  const share = facts.usersAffectedPercent === undefined ? [] : [`${facts.usersAffectedPercent} % of all`];
  const users = [...(facts.usersAffected === undefined ? [] : [String(facts.usersAffected)]), ...share].join(', ');
  return [
    table(
      ['Impact', 'Known'],
      [
        ['Minutes per severity', minutesPerSeverity(material)],
        ['Users', known(users, 'how many users were hit')],
        ['Transactions', known(facts.transactionsAffected, 'how many transactions failed or were delayed')],
        ['Revenue', known(facts.revenueLost, 'what was lost, in the organisation’s currency')],
        ['Support tickets', known(facts.ticketsOpened, 'how many tickets were opened')],
        ['Regions', known(facts.regions?.join(', '), 'which regions were hit')],
        ['Data', dataImpact(material)],
        [
          'Reputation',
          facts.publicAttention ? 'The public took notice.' : toBeAdded('what customers and the public made of it'),
        ],
      ],
    ),
    `Figures come from alerts and from what people assessed${evidence(assessed)}; each is the last one known.`,
  ].join('\n\n');
};

const dataImpact = ({ crisis: { facts } }: Material): string => {
  if (facts.dataLoss) return 'Data was lost.';
  if (facts.dataIntegrityConcern) return 'There were concerns about the integrity of data.';
  return toBeAdded('whether data was lost or damaged');
};

const effectiveness = ({ figures }: Material): string => {
  const { pages, updates } = figures;
  const perPerson = Object.values(figures.pagesPerPerson);
  return table(
    ['Response', 'Figure'],
    [
      ['Time to detect', took(figures.detectMs)],
      ['Time to acknowledge', took(figures.acknowledgeMs)],
      ['Time to engage (first deed of a person)', took(figures.engageMs)],
      ['Time to mitigate', took(figures.mitigateMs)],
      ['Time to resolve', took(figures.resolveMs)],
      [
        'Pages',
        `${pages.sent} sent, ${pages.failed} failed, ${pages.uncertain} uncertain, ${pages.acknowledged} acknowledged`,
      ],
      ['Most pages to one person', perPerson.length > 0 ? String(Math.max(...perPerson)) : '0'],
      ['Escalations', String(figures.escalations)],
      ['Updates', `${updates.promised} promised, ${updates.kept} kept, ${updates.late} late`],
    ],
  );
};

/** Part one of the seed's template: timeline and duration, causes, impact, how well the response worked. */
export const incidentSummary = (material: Material): string =>
  [
    '## Incident summary',
    '### Timeline and duration',
    timelineAndDuration(material),
    '### Root cause and contributing factors',
    causes(material),
    '### Impact',
    impact(material),
    '### Response effectiveness',
    effectiveness(material),
    toBeAdded('what these figures mean for this crisis'),
  ].join('\n\n');
