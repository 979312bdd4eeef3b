import { describe, expect, test } from '@jest/globals';
import { Playbook } from '../../src/domain/playbook.js';
import { compliance } from '../../src/playbooks/compliance.js';
import { dataLoss } from '../../src/playbooks/dataLoss.js';
import { productionOutage } from '../../src/playbooks/productionOutage.js';
import { securityIncident } from '../../src/playbooks/securityIncident.js';
import { roleIds, roles } from '../../src/domain/role.js';
import { watch } from '../../src/playbooks/watch.js';

const crises = [productionOutage, securityIncident, compliance, dataLoss];

describe.each([...crises, watch])('$title', (playbook) => {
  test('is a playbook as the configuration would have it', () => {
    expect(Playbook.parse(JSON.parse(JSON.stringify(playbook)))).toEqual(playbook);
  });

  test('gives every task, phase and step an id of its own', () => {
    const lists = [
      playbook.phases,
      playbook.phases.flatMap((phase) => phase.tasks),
      ...Object.values(playbook.procedures).map(({ steps }) => steps),
    ];
    for (const ids of lists.map((list) => list.map(({ id }) => id))) expect(new Set(ids).size).toBe(ids.length);
  });

  test('works on each automatic task once', () => {
    const automatic = playbook.phases.flatMap((phase) => phase.tasks.flatMap(({ does }) => (does ? [does] : [])));

    expect(new Set(automatic).size).toBe(automatic.length);
  });

  test('names its procedures by their ids, and a step goes back only to itself or one before it', () => {
    for (const [name, { id, steps }] of Object.entries(playbook.procedures)) {
      expect(id).toBe(name);
      for (const [index, { again }] of steps.entries())
        if (again) expect(steps.slice(0, index + 1).map((step) => step.id)).toContain(again.from);
    }
  });

  test('each phase ends after the one before', () => {
    const ends = playbook.phases.map(({ untilMs }) => untilMs);

    expect(ends.every((end, index) => end > (ends[index - 1] ?? 0))).toBe(true);
  });
});

describe.each(crises)('$title', ({ phases }) => {
  test('requires at least one thing in a phase before the last, so that it can end before its time', () => {
    for (const phase of phases.slice(0, -1)) expect(phase.tasks.some(({ required }) => required)).toBe(true);
  });

  test('wants its recovery validated in the last phase, by people and by the regression watch', () => {
    const validating = phases.flatMap(({ tasks }) => tasks.filter(({ validates }) => validates));

    expect(validating.length).toBeGreaterThanOrEqual(4);
    expect(phases.at(-1)?.tasks).toEqual(expect.arrayContaining(validating));
    expect(validating.some(({ does }) => does === 'watchRegression')).toBe(true);
  });
});

test('every agent of the specification is a role, and the playbooks give each its work', () => {
  const agents = [
    'incident-responder',
    'sre-engineer',
    'monitoring-engineer',
    'security-engineer',
    'performance-engineer',
    'deployment-engineer',
    'reliability-engineer',
    'data-engineer',
    'platform-engineer',
    'business-analyst',
    'reviewer',
  ];
  const worked = new Set(crises.flatMap(({ phases }) => phases.flatMap(({ tasks }) => tasks.map(({ role }) => role))));
  const idle = agents.filter((agent) => !roleIds.some((id) => roles[id].agent === agent && worked.has(id)));

  // The reviewer's work is the post-mortem, which begins when the playbook has ended.
  expect(idle).toEqual(['reviewer']);
});
