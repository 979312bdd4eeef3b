import type { Crisis } from '../crisis.js';
import type { PagingStep, Target } from '../paging.js';
import type { Plan } from '../plan.js';
import type { Roster } from '../person.js';
import { listed, type Names } from './words.js';

const entries = <T>(
  kind: string,
  things: Readonly<Record<string, T>>,
  name: (thing: T) => string,
): [string, string][] => Object.entries(things).map(([id, thing]) => [`${kind}:${id}`, name(thing)]);

const seats = ['primary', 'secondary', 'commander'];

const targetCalled = (target: Target, plan: Plan, roster: Roster): string => {
  const name = (id: string) => roster.people[id]?.name ?? id;
  const [kind = '', id = ''] = target.split(':');
  if (kind === 'rotation') return 'everyone in the rotation';
  if (seats.includes(kind)) {
    const people = roster[kind as 'primary' | 'secondary' | 'commander'];
    return `the ${kind} (${people.length > 0 ? listed(people.map(name)) : 'nobody'})`;
  }
  if (kind === 'rung') return `the ${plan.ladder.find((rung) => rung.id === id)?.title ?? id}`;
  return kind === 'team' ? `team ${id}` : name(id);
};

const stepsCalled = (
  engagement: string,
  steps: readonly PagingStep[],
  plan: Plan,
  roster: Roster,
): [string, string][] =>
  steps.map(({ targets }, step) => [
    `step:${engagement}:${step}`,
    listed(targets.map((target) => targetCalled(target, plan, roster))),
  ]);

/** What everything in this crisis is called: people, tasks, phases, procedures, actions, rungs, audiences, paging steps. */
export const namesOf = (crisis: Crisis, plan: Plan): Names => {
  const roster = crisis.roster ?? plan.roster;
  const { phases, procedures } = plan.playbook;
  const policy = plan.policies[crisis.classification.severity].steps;
  return Object.fromEntries([
    ...Object.entries({ ...plan.roster.people, ...roster.people }).map(([id, { name }]) => [id, name]),
    ...phases.map(({ title }, index) => [`phase:${index}`, title]),
    ...phases.flatMap(({ tasks }) => tasks.map(({ id, text }) => [`task:${id}`, text])),
    ...entries('procedure', procedures, ({ title }) => title),
    ...entries('action', plan.actions, ({ title }) => title),
    ...entries('audience', plan.audiences, ({ title }) => title),
    ...(plan.regulatory?.obligations ?? []).map(({ id, regime, title }) => [`obligation:${id}`, `${regime}: ${title}`]),
    ...plan.ladder.map(({ id, title }) => [`rung:${id}`, title]),
    ...stepsCalled('response', policy, plan, roster),
    ...Object.values(crisis.engagements).flatMap(({ id, steps }) => stepsCalled(id, steps ?? policy, plan, roster)),
  ]) as Names;
};
