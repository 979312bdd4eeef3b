import { expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import type { Playbook } from '../../src/domain/playbook.js';
import { compliance } from '../../src/playbooks/compliance.js';
import { dataLoss } from '../../src/playbooks/dataLoss.js';
import { productionOutage } from '../../src/playbooks/productionOutage.js';
import { securityIncident } from '../../src/playbooks/securityIncident.js';
import { seed } from './seed.js';

const root = new URL('../../', import.meta.url);
const tasksOf = ({ phases }: Playbook): string[] => phases.flatMap(({ tasks }) => tasks.map(({ id }) => id));
const coverage = readFileSync(new URL('docs/coverage.md', root), 'utf8');

/** The rows of a section: item, where it lives, what shows it. */
const rowsOf = (section: string): string[][] => {
  const body = coverage.split(/^## /m).find((part) => part.startsWith(`${section}\n`)) ?? '';
  const lines = body.split('\n').filter((line) => line.startsWith('| '));
  return lines.slice(2).map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').trim()));
};

test.each(Object.keys(seed))('has one row for every item of "%s"', (section) => {
  expect(rowsOf(section).map(([item]) => item)).toEqual(seed[section]);
});

test('says of each item where it lives and what shows it, or that it is open', () => {
  for (const row of Object.keys(seed).flatMap(rowsOf)) {
    expect(row).toHaveLength(3);
    for (const cell of row.slice(1)) expect(cell).toMatch(/`.+`|_open_/);
  }
});

test('names no file that is not there', () => {
  const paths = [...coverage.matchAll(/`((?:src|tests|docs|scripts|examples)\/[^`]*)`/g)].map(([, path]) => path ?? '');

  expect(paths.length).toBeGreaterThan(100);
  expect(paths.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
});

test('names no task that no playbook has, and every one of the outage', () => {
  const named = [...coverage.matchAll(/task `([\w-]+)`/g)].map(([, id]) => id ?? '');
  const known = [productionOutage, securityIncident, compliance, dataLoss].flatMap(tasksOf);

  expect(named.filter((id) => !known.includes(id))).toEqual([]);
  expect(tasksOf(productionOutage).filter((id) => !named.includes(id))).toEqual([]);
});

test.each([0, 1, 2])(
  'every checklist item of phase %i of the outage is a task, in the words of the specification',
  (index) => {
    const section = Object.keys(seed).find((name) => name.startsWith(`Workflow 1, phase ${index + 1}`)) ?? '';
    const texts = productionOutage.phases[index]?.tasks.map(({ text }) => text) ?? [];
    const sentencesOfRoles = index === 2 ? 4 : index === 1 ? 4 : 5;

    expect(texts).toEqual(expect.arrayContaining(seed[section]?.slice(sentencesOfRoles) ?? []));
  },
);
