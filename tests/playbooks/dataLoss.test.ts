import { expect, test } from '@jest/globals';
import { dataLoss } from '../../src/playbooks/dataLoss.js';
import { defaultRungs } from '../../src/playbooks/ladder.js';
import { seed } from './seed.js';

const tasks = dataLoss.phases.flatMap((phase) => phase.tasks);
const { recover } = dataLoss.procedures;
const slots = recover?.steps.map(({ slot }) => slot) ?? [];

test('the recovery sequence of the seed is five tasks, in its words and order', () => {
  const sequence = (seed['Workflow 3: data loss or corruption crisis'] ?? []).slice(2);
  const texts = tasks.map(({ text }) => text).filter((text) => sequence.includes(text));

  expect(sequence).toHaveLength(5);
  expect(texts).toEqual(sequence);
});

test.each([
  ['activate-recovery', 'data-engineer'],
  ['coordinate-restoration', 'reliability-engineer'],
  ['stop-writes', 'data-engineer'],
  ['validate-data', 'data-engineer'],
])('%s is the work of the %s', (id, role) => {
  expect(tasks.find((task) => task.id === id)?.role).toBe(role);
});

test('recovers in eight steps, every one of which is needed', () => {
  expect(recover?.goal).toBe('everyStep');
  expect(slots).toEqual([
    'stopWrites',
    'assess',
    'listBackups',
    'restore',
    'validate',
    'switchOver',
    'resumeWrites',
    'watchData',
  ]);
});

test('writes resume only after the validation, and no failure on the way goes on to the next step', () => {
  expect(slots.indexOf('resumeWrites')).toBeGreaterThan(slots.indexOf('validate'));
  expect(recover?.steps.map(({ onFailure }) => onFailure)).not.toContain('next');
});

test('a backup that cannot be restored or does not validate sends it back to the next older one', () => {
  const again = recover?.steps.filter((step) => step.again !== undefined) ?? [];
  const restore = recover?.steps.find(({ id }) => id === 'restore');

  expect(again.map(({ slot }) => slot)).toEqual(['restore', 'validate']);
  for (const step of again) {
    expect(step.again?.from).toBe('restore');
    expect(restore?.parameters).toHaveProperty(step.again?.parameter ?? '', 0);
  }
});

test('its phases tell rungs of the ladder and grow longer', () => {
  expect(defaultRungs.map(({ id }) => id)).toEqual(
    expect.arrayContaining(dataLoss.phases.map(({ tellsRung }) => tellsRung)),
  );
  const ends = dataLoss.phases.map(({ untilMs }) => untilMs);
  expect(ends).toEqual(ends.toSorted((a, b) => a - b));
});
