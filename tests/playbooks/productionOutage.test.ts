import { expect, test } from '@jest/globals';
import { minutes } from '../../src/domain/duration.js';
import { automations, type Task } from '../../src/domain/playbook.js';
import { productionOutage } from '../../src/playbooks/productionOutage.js';
import { watch } from '../../src/playbooks/watch.js';

const tasks = productionOutage.phases.flatMap((phase) => phase.tasks);
const task = (id: string): Task | undefined => tasks.find((one) => one.id === id);

test('has the three phases of the seed with their times', () => {
  expect(productionOutage.phases.map(({ untilMs }) => untilMs)).toEqual([minutes(5), minutes(30), minutes(120)]);
  expect(productionOutage.phases.map(({ tellsRung }) => tellsRung)).toEqual([
    'engineering-manager',
    'engineering-manager',
    'vp-engineering',
  ]);
});

test('uses every automation there is, each once, but that of lost data', () => {
  expect(tasks.flatMap(({ does }) => (does ? [does] : [])).sort()).toEqual(
    automations.filter((one) => !['recover', 'contain', 'restoreClean'].includes(one)).sort(),
  );
});

test('wants the four recovery validations before anybody may say it is resolved', () => {
  expect(tasks.filter(({ validates }) => validates).map(({ group, text }) => [group, text])).toEqual([
    ['Recovery Validation', 'Verify all systems operational'],
    ['Recovery Validation', 'Confirm user access and functionality'],
    ['Recovery Validation', 'Check data integrity and consistency'],
    ['Recovery Validation', 'Monitor for regression issues'],
  ]);
});

test.each([
  ['rollback', 'operations-lead'],
  ['security-investigation', 'security-lead'],
  ['performance-investigation', 'performance-engineer'],
  ['technical-investigation', 'technical-lead'],
  ['check-data', 'data-engineer'],
  ['coordinate-validation', 'reliability-engineer'],
  ['notify-stakeholders', 'communication-lead'],
])('%s is the work of the %s', (id, role) => {
  expect(task(id)?.role).toBe(role);
});

test('mitigates by the first thing that helps: rollback, failover, scale, workaround', () => {
  const { mitigate } = productionOutage.procedures;

  expect(mitigate?.goal).toBe('firstThatHelps');
  expect(mitigate?.steps.map(({ slot, onFailure }) => [slot, onFailure])).toEqual([
    ['rollback', 'next'],
    ['failover', 'next'],
    ['scale', 'next'],
    ['workaround', 'next'],
  ]);
});

test('deploys a fix in stages, each of which must hold, and takes it back on a regression', () => {
  const { deployFix } = productionOutage.procedures;

  expect(deployFix?.goal).toBe('everyStep');
  expect(deployFix?.steps.map(({ parameters }) => parameters['percent'])).toEqual([10, 50, 100]);
  for (const step of deployFix?.steps ?? []) {
    expect(step.bakeMs).toBeGreaterThan(0);
    expect(step.onFailure).toBe('undo');
  }
});

test('a watch starts nothing that changes a system', () => {
  expect(watch.procedures).toEqual({});
  expect(watch.phases.flatMap((phase) => phase.tasks.map(({ does }) => does))).not.toContain('mitigate');
});
