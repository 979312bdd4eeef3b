import { expect, test } from '@jest/globals';
import { hours, minutes } from '../../src/domain/duration.js';
import { compliance } from '../../src/playbooks/compliance.js';
import { defaultRungs } from '../../src/playbooks/ladder.js';
import { securityIncident } from '../../src/playbooks/securityIncident.js';
import { securityTellings } from '../../src/playbooks/tellings.js';
import { at, night } from '../support/night.js';
import { declared } from '../support/plan.js';
import { seed } from './seed.js';

const tasks = securityIncident.phases.flatMap((phase) => phase.tasks);
const textsOf = (phase: number): string[] => securityIncident.phases[phase]?.tasks.map(({ text }) => text) ?? [];
const workflow2 = seed['Workflow 2: security incident response'] ?? [];

test('has the three phases of the seed with their times', () => {
  expect(securityIncident.phases.map(({ title, untilMs }) => [title, untilMs])).toEqual([
    ['Containment (0-15 minutes)', minutes(15)],
    ['Investigation (15 minutes - 4 hours)', hours(4)],
    ['Eradication and recovery (4-24 hours)', hours(24)],
  ]);
});

test.each([
  [0, workflow2.slice(3, 7)],
  [1, workflow2.slice(8, 11)],
  [2, workflow2.slice(12, 15)],
])('every item of phase %i is a task, in the words of the specification: %j', (phase, items) => {
  expect(items.length).toBeGreaterThanOrEqual(3);
  expect(textsOf(phase)).toEqual(expect.arrayContaining(items));
});

test.each([
  ['stop the attack', 'stop-attack'],
  ['cut the vector', 'cut-vector'],
  ['assemble', 'assemble'],
  ['isolate', 'isolate'],
  ['timeline', 'attack-timeline'],
  ['data compromised', 'data-compromised'],
  ['risk to others', 'risk-to-others'],
  ['re-attack', 're-attack'],
  ['mitigations', 'mitigations'],
  ['forensics', 'forensics'],
  ['internal communication', 'internal-communication'],
  ['law enforcement', 'law-enforcement'],
  ['third parties', 'third-parties'],
  ['external communication', 'external-communication'],
])('of the fourteen points, "%s" is the task %s', (_, id) => {
  expect(tasks.filter((task) => task.id === id)).toHaveLength(1);
});

test.each([
  ['initiate-containment', 'security-lead'],
  ['coordinate-response', 'incident-commander'],
  ['isolate', 'operations-lead'],
  ['forensics', 'security-lead'],
  ['coordinate-legal', 'security-lead'],
  ['restore-clean-backups', 'reliability-engineer'],
  ['external-communication', 'communication-lead'],
])('%s is the work of the %s', (id, role) => {
  expect(tasks.find((task) => task.id === id)?.role).toBe(role);
});

test('contains in the order that loses no evidence, and asks a person about whatever fails', () => {
  const { contain } = securityIncident.procedures;

  expect(contain?.goal).toBe('everyStep');
  expect(contain?.steps.map(({ slot }) => slot)).toEqual(['isolate', 'preserve', 'scope', 'accessControls']);
  for (const { onFailure } of contain?.steps ?? []) expect(onFailure).toBe('ask');
});

test('restores from a clean backup, and validates its security before it counts', () => {
  const { restoreClean } = securityIncident.procedures;

  expect(restoreClean?.goal).toBe('everyStep');
  expect(restoreClean?.steps.map(({ slot, onFailure }) => [slot, onFailure])).toEqual([
    ['restoreClean', 'ask'],
    ['validateSecurity', 'ask'],
  ]);
});

test.each([securityIncident, compliance])(
  'of "$title" legal and compliance hear at once, and nobody else',
  (playbook) => {
    const audience = (person: string) => ({ title: person, people: [person], contacts: [], outside: false });
    const { effects, crisis } = night({
      declaration: declared(
        { legalViolation: true },
        { crisisType: 'securityIncident', restricted: { codeName: 'quiet-heron-4f2a91', named: ['carl'] } },
      ),
      plan: {
        ...{ playbook, tellings: securityTellings, slots: {}, ladder: [] },
        audiences: { legal: audience('dana'), compliance: audience('eve'), customers: audience('ben') },
      },
      untilMs: minutes(1),
    });
    const told = effects.flatMap(({ effect }) => (effect.kind === 'tell' ? [effect] : []));

    expect(told.map(({ template, audienceId }) => [template, audienceId])).toEqual([
      ['legal-notification', 'legal'],
      ['legal-notification', 'compliance'],
    ]);
    expect(crisis.tasks['notify-legal']?.status).toBe('done');
  },
);

test.each([securityIncident, compliance])('"$title" tells a rung of the ladder, first the CTO', ({ phases }) => {
  const rungs = phases.map(({ tellsRung }) => tellsRung);

  expect(rungs[0]).toBe('cto');
  expect(defaultRungs.map(({ id }) => id)).toEqual(expect.arrayContaining(rungs));
});

test('a violation without a breach runs the same workflow: its type, times, bridge to regulators and containment', () => {
  expect(compliance.type).toBe(securityIncident.type);
  expect(compliance.phases.map(({ untilMs }) => untilMs)).toEqual(
    securityIncident.phases.map(({ untilMs }) => untilMs),
  );
  expect(compliance.procedures['contain']).toBe(securityIncident.procedures['contain']);
  for (const id of [
    'coordinate-legal',
    'mark-anchors',
    'early-warnings',
    'notifications',
    'legal-hold',
    'rule-out-breach',
  ])
    expect(compliance.phases.flatMap((phase) => phase.tasks.map((task) => task.id))).toContain(id);
});

test('the Security Lead oversees the remediation: what removes, hardens and restores is done before it is resolved', () => {
  const remediation = securityIncident.phases[2]?.tasks ?? [];
  const ofLead = remediation.filter(({ role }) => role === 'security-lead').map(({ id }) => id);
  const script = [
    at(minutes(1), 'acknowledge', { by: 'ana' }),
    at(minutes(2), 'resolve', { by: 'ana' }),
    at(minutes(3), 'complete', { by: 'ana', task: 'verify-eradicated', note: 'no access of theirs is left' }),
    at(minutes(4), 'complete', { by: 'ana', task: 'verify-operational' }),
    at(minutes(5), 'complete', { by: 'ana', task: 'check-data' }),
    at(minutes(6), 'resolve', { by: 'ana' }),
  ];
  const tonight = night({
    declaration: declared({ securityBreach: true }, { crisisType: 'securityIncident' }),
    plan: { playbook: securityIncident, slots: {} },
    script,
    untilMs: minutes(7),
  });

  expect(ofLead).toEqual(expect.arrayContaining(['remove-malicious-code', 'mitigations', 'verify-eradicated']));
  expect(tonight.refusals()).toEqual([expect.stringContaining('Verify that no access of theirs is left')]);
  expect(tonight.crisis.status).toBe('resolved');
});
